/** The outbox as a place: what each change is, the same number everywhere, and what is held for people. */
import { inbox, openConversation, openView, send, signIn } from './fixtures/screens.ts';
import { BIG, GWEN } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { assign, choose, goTo, picker } from './fixtures/triage.ts';
import { AMIRA, BRUNO } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

test('changes made offline are named, reading is none of them, and messages are counted alike everywhere', async ({
  launch,
  office,
  network,
}) => {
  const { page } = await launch({ gateway: network.url });
  const { connection, views } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  network.cut();
  await expect(connection).toContainText('Offline');
  await openConversation(page, AMIRA.name);
  await send(page, 'Written on the train');
  await openView(page, 'Unassigned');
  await openConversation(page, BRUNO.name);
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  // Oneself, by the word for oneself.
  const to = await picker(page, 'Assign to');
  await page.keyboard.type('(you)');
  await expect(to.getByRole('option')).toHaveCount(1);
  await to.getByRole('combobox').fill('me');
  await expect(to.getByRole('option').first()).toContainText(`${office.ben.name} (you)`);
  await page.keyboard.press('Enter');
  await openView(page, 'Unassigned');
  await openConversation(page, GWEN.name);
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await choose(page, 'Label', 'VIP');
  await page.keyboard.press('Escape');

  await expect(connection).toContainText('1 message waiting to be sent');
  await expect(views.getByRole('link', { name: /^Outbox/ })).toContainText('1');
  await goTo(page, '#/outbox');
  const messages = page.getByRole('list', { name: 'Messages 1' });
  await expect(messages.getByRole('listitem')).toHaveCount(1);
  await expect(messages).toContainText('Written on the train');
  const changes = page.getByRole('list', { name: 'Changes 2' }).getByRole('listitem');
  await expect(changes.filter({ hasText: BRUNO.name })).toContainText('Taken by you');
  await expect(changes.filter({ hasText: GWEN.name })).toContainText('Labels: VIP');

  network.heal();
  await expect(page.getByText('Everything has been sent.')).toBeVisible({ timeout: 90_000 });
});

test('an answer is held when the conversation was given to somebody else meanwhile, and goes when told to', async ({
  launch,
  office,
  network,
}) => {
  // A supervisor goes on seeing what somebody else has taken.
  const { page } = await launch({ gateway: network.url });
  const { message, connection } = await signIn(page, office.ada);
  const ben = await launch({ gateway: office.url });
  await signIn(ben.page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, GWEN.name);
  network.cut();
  await expect(connection).toContainText('Offline');
  await send(page, 'Yes, by invoice too.');
  await openView(ben.page, 'Unassigned');
  await openConversation(ben.page, GWEN.name);
  await assign(ben.page, 'Unassigned', `${office.ben.name} (you)`);
  await expect(ben.page.getByRole('button', { name: `Assignee: ${office.ben.name}` })).toBeVisible();

  network.heal();
  await expect(message('Yes, by invoice too.')).toContainText('Held', { timeout: 90_000 });
  expect(office.delivered()).toEqual([]);
  await goTo(page, '#/outbox');
  const item = page.getByRole('list', { name: 'Messages 1' }).getByRole('listitem');
  await expect(item).toContainText(/somebody else|another colleague|assigned/i);
  await item.getByRole('button', { name: 'Send anyway' }).click();
  await expect(page.getByText('Everything has been sent.')).toBeVisible();
  await expect.poll(() => office.delivered().map(({ text }) => text)).toEqual(['Yes, by invoice too.']);
  await expect(inbox(page).connection).toContainText('Online');
});
