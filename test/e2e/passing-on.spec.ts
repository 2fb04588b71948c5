/** Notes with mentions, assignment with a note, teams, taking over, presence. */
import { accountButton, inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { BIG, GWEN, HUGO } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { assign, choose, picker } from './fixtures/triage.ts';

test.use({ workspace: BIG });

test('a note that mentions a colleague is told to that colleague, and never to the customer', async ({
  launch,
  office,
}) => {
  const ben = await launch({ gateway: office.url });
  const cleo = await launch({ gateway: office.url });
  await signIn(ben.page, office.ben);
  await signIn(cleo.page, office.cleo);
  await openView(ben.page, 'Unassigned');
  await openConversation(ben.page, GWEN.name);
  await ben.page.getByRole('radio', { name: 'Note' }).click();
  const note = ben.page.getByRole('textbox', { name: 'Note', exact: true });
  await note.focus();
  await ben.page.keyboard.type('Ask @cle');
  await expect(ben.page.getByRole('listbox', { name: 'Colleagues' })).toContainText('Cleo Park');
  await ben.page.keyboard.press('Enter');
  await expect(note).toHaveValue(/^Ask @Cleo Park/);
  await ben.page.keyboard.type(' about invoices');
  await ben.page.keyboard.press('Enter');
  await expect(inbox(ben.page).message('about invoices')).toContainText('Internal note');

  await expect(
    inbox(cleo.page).views.getByRole('link', { name: /^Mentions,? 1 conversation,/ }),
  ).toBeVisible();
  await openView(cleo.page, 'Mentions');
  await expect(inbox(cleo.page).row(GWEN.name).getByRole('img', { name: 'Mentions you' })).toBeVisible();
  await openConversation(cleo.page, GWEN.name);
  await expect(inbox(cleo.page).message('about invoices')).toBeVisible();
  expect(office.delivered()).toEqual([]);
});

test('a conversation goes to a team with a note, is taken by one of them, and taken over by the supervisor', async ({
  launch,
  office,
}) => {
  const ben = await launch({ gateway: office.url });
  const ada = await launch({ gateway: office.url });
  await signIn(ben.page, office.ben);
  await signIn(ada.page, office.ada);
  await openView(ada.page, 'Unassigned');
  await openConversation(ada.page, HUGO.name);
  await ada.page.keyboard.press('Escape');
  await ada.page.keyboard.press('a');
  const to = await picker(ada.page, 'Assign to');
  await to.getByRole('textbox', { name: /^Note for whoever takes it/ }).fill('Bring a screwdriver');
  await to.getByRole('combobox').focus();
  await choose(ada.page, 'Assign to', 'Repairs');

  await openView(ben.page, 'Unassigned');
  await expect(inbox(ben.page).row(HUGO.name)).toContainText('Repairs');
  await openConversation(ben.page, HUGO.name);
  await expect(inbox(ben.page).message('Bring a screwdriver')).toContainText(
    'Ada Ferrari assigned this to Repairs',
  );
  await ben.page.getByRole('button', { name: 'Take', exact: true }).click();
  await expect(ben.page.getByRole('button', { name: `Assignee: ${office.ben.name}` })).toBeVisible();

  await openView(ada.page, 'All');
  await openConversation(ada.page, HUGO.name);
  await ada.page.getByRole('button', { name: 'Take over' }).click();
  // It stays with the team, whose members go on seeing it; to Cleo alone it is Cleo's alone.
  await expect(ben.page.getByRole('button', { name: `Assignee: ${office.ada.name}` })).toBeVisible();
  await expect(inbox(ben.page).log.getByText('Ada Ferrari took this over')).toBeVisible();
  await assign(ada.page, office.ada.name, office.cleo.name);
  await expect(ben.page.getByText('This conversation is not on this device any more.')).toBeVisible();
  await openView(ben.page, 'All');
  await expect(inbox(ben.page).row(HUGO.name)).toBeHidden();
});

test('who is away is marked for the supervisor', async ({ launch, office }) => {
  const ben = await launch({ gateway: office.url });
  const ada = await launch({ gateway: office.url });
  await signIn(ben.page, office.ben);
  await signIn(ada.page, office.ada);
  await openView(ben.page, 'Unassigned');
  await openConversation(ben.page, GWEN.name);
  await ben.page.getByRole('button', { name: 'Take', exact: true }).click();
  await openView(ada.page, 'All');
  const row = inbox(ada.page).row(GWEN.name);
  await expect(row).toContainText(`Assigned to ${office.ben.name}`);
  await expect(row).not.toContainText('is away');
  await accountButton(ben.page, office.ben).click();
  await ben.page.getByRole('menuitemradio', { name: 'Away', exact: true }).click();
  await expect(row).toContainText(`${office.ben.name} is away`);
  await ben.stop();
  await expect(row).toContainText(`${office.ben.name} is offline`);
});
