import { inbox, openConversation, openView, send, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { assign } from './fixtures/triage.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA } from './fixtures/workspace.ts';

test('two agents see each other work on one conversation', async ({ launch, office }) => {
  const ben = await launch({ gateway: office.url });
  const cleo = await launch({ gateway: office.url });
  for (const [desktop, person] of [
    [ben, office.ben],
    [cleo, office.cleo],
  ] as const) {
    await signIn(desktop.page, person);
    await openView(desktop.page, 'Unassigned');
    await openConversation(desktop.page, AMIRA.name);
  }
  const atBen = inbox(ben.page);
  const atCleo = inbox(cleo.page);

  await office.post(textFrom(AMIRA, 'Which of you is it?'));
  await expect(atBen.message('Which of you is it?')).toBeVisible();
  await expect(atCleo.message('Which of you is it?')).toBeVisible();

  await atBen.composer.pressSequentially('It is me');
  await expect(cleo.page.getByText(`${office.ben.name} is writing an answer`)).toBeVisible();
  await send(ben.page, 'It is me, Ben.');
  await expect(atCleo.message('It is me, Ben.')).toContainText('Sent');
  await expect(atCleo.message('It is me, Ben.')).toContainText(office.ben.name);
  await send(cleo.page, 'And me, Cleo.');
  await expect(atBen.message('And me, Cleo.')).toBeVisible();
  for (const screen of [atBen, atCleo]) {
    await expect(
      screen.log.getByRole('article').filter({ hasText: /It is me, Ben|And me, Cleo/ }),
    ).toContainText(['It is me, Ben.', 'And me, Cleo.']);
  }
  await expect
    .poll(() => office.delivered().map(({ text }) => text))
    .toEqual(['It is me, Ben.', 'And me, Cleo.']);
});

test('what is assigned to somebody else is gone from the desktop of an agent', async ({ launch, office }) => {
  const ben = await launch({ gateway: office.url });
  const cleo = await launch({ gateway: office.url });
  await signIn(ben.page, office.ben);
  await signIn(cleo.page, office.cleo);
  for (const { page } of [ben, cleo]) {
    await openView(page, 'Unassigned');
    await openConversation(page, AMIRA.name);
  }
  await assign(ben.page, 'Unassigned', office.ben.name);

  await expect(inbox(cleo.page).row(AMIRA.name)).toBeHidden();
  await expect(cleo.page.getByText('This conversation is not on this device any more.')).toBeVisible();
  await expect(inbox(cleo.page).log).toBeHidden();
  await openView(cleo.page, 'All');
  await expect(inbox(cleo.page).grid.getByRole('row')).toHaveCount(2);

  // Given back to the queue, it is Cleo's to see again, with everything that was said meanwhile.
  await send(ben.page, 'Nobody but me could see this.');
  await assign(ben.page, office.ben.name, 'Nobody: back to the queue');
  await expect(inbox(cleo.page).row(AMIRA.name)).toBeVisible();
  await openConversation(cleo.page, AMIRA.name);
  await expect(inbox(cleo.page).message('Nobody but me could see this.')).toBeVisible();
});
