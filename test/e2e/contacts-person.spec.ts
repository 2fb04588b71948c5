/** One person: values edited where they stand, blocking, deleting, writing first. */
import { openContacts } from './fixtures/contacts.ts';
import { BIG, EMIL, FARAH, GWEN } from './fixtures/furniture.ts';
import { inbox, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

test('a value is edited where it stands, its mistake is named, and it can be taken back', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  const { row, person, undo } = await openContacts(page);
  await row(AMIRA.name).click();
  await expect(person.getByRole('heading', { name: AMIRA.name })).toBeVisible();

  await person.getByRole('button', { name: 'Add: Company' }).click();
  await page.keyboard.type('Harbour & Sons');
  await page.keyboard.press('Enter');
  await expect(person.getByTitle('Edit: Company')).toHaveText('Harbour & Sons');
  await expect(row(AMIRA.name)).toContainText('Harbour & Sons');
  await undo.click();
  await expect(person.getByRole('button', { name: 'Add: Company' })).toBeVisible();

  await person.getByTitle('Edit: Telephone').click();
  const box = person.getByRole('textbox', { name: 'Telephone' });
  await box.fill('+49 15');
  await page.keyboard.press('Enter');
  await expect(person.getByRole('alert')).toHaveText('Too short for Germany');
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await box.fill('+49 151 22233344');
  await page.keyboard.press('Enter');
  await expect(person.getByTitle('Edit: Telephone')).toHaveText('+49 1512 2233344');

  await person.getByRole('button', { name: 'Another number' }).click();
  await person.getByRole('button', { name: 'Add: Telephone' }).click();
  await page.keyboard.type('+44 7911 123456');
  await page.keyboard.press('Enter');
  await expect(person.getByTitle('Edit: Telephone')).toHaveText(['+49 1512 2233344', '+44 7911 123456']);

  await person.getByText('Show where each value comes from').click();
  await expect(person.getByText(/^from Ben Adeyemi, /).first()).toBeVisible();
});

test('somebody new: the mistake is named, then the person is there and in the table', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  const { person, row, undo } = await openContacts(page);
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New contact' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Ines Duarte');
  await dialog.getByRole('textbox', { name: 'Telephone' }).fill('+351 21');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('Too short for Portugal')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Telephone' }).fill('+351 912 345 678');
  await page.keyboard.press('Enter');
  await expect(person.getByRole('heading', { name: 'Ines Duarte' })).toBeVisible();
  await expect(row('Ines Duarte')).toContainText('+351 912 345 678');
  await undo.click();
  await expect(row('Ines Duarte')).toBeHidden();
});

test('blocked, visible as such, and freed again; deleted, and taken back', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  const { row, rows, person, lists, undo } = await openContacts(page);
  await row(GWEN.name).click();
  const more = person.getByRole('button', { name: 'More', exact: true });
  await more.click();
  await page.getByRole('menuitem', { name: 'Block', exact: true }).click();
  await expect(person.getByText(/^Blocked: nothing is sent/)).toBeVisible();
  await expect(row(GWEN.name)).toContainText('Blocked');
  await expect(lists.getByRole('button', { name: /^Blocked.*1 contact$/ })).toBeVisible();
  await lists.getByRole('button', { name: /^Blocked/ }).click();
  await expect(rows).toHaveCount(1);
  await more.click();
  await page.getByRole('menuitem', { name: 'Unblock' }).click();
  await expect(rows).toHaveCount(0);
  await lists.getByRole('button', { name: /^All contacts/ }).click();
  await expect(rows).toHaveCount(7);

  await more.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(person).toBeHidden();
  await expect(rows).toHaveCount(6);
  await undo.click();
  await expect(rows).toHaveCount(7);
});

test('who is written to first is asked about consent, or a reason is given', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  const { row, person } = await openContacts(page);
  await row(EMIL.name).click();
  await person.getByRole('button', { name: 'Write', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Sales/ }).click();
  const { log } = inbox(page);
  await expect(page.getByRole('heading', { name: EMIL.name })).toBeVisible();
  // His window is closed: only a template reaches him.
  await page.getByRole('button', { name: /order_shipped/ }).click();
  await page.getByRole('textbox', { name: 'Body: 1' }).fill('Emil');
  await page.getByRole('textbox', { name: 'Body: 2' }).fill('HL-7');
  await page.getByRole('button', { name: 'Send template' }).click();
  const dialog = page.getByRole('dialog', { name: `Write first to ${EMIL.name}?` });
  await dialog.getByRole('radio', { name: 'A reason' }).click();
  await dialog.getByRole('textbox').fill('He asked on the telephone where his order is.');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(log.getByRole('article').filter({ hasText: 'HL-7 is on its way' })).toBeVisible();
  await expect(log.getByText('He asked on the telephone where his order is.')).toBeVisible();
});

test('the timeline goes over everything, and a conversation leads to its person', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  const { row, person } = await openContacts(page);
  await row(FARAH.name).click();
  await person.getByRole('tab', { name: 'Timeline' }).click();
  const feed = person.getByRole('group', { name: 'Timeline' });
  await expect(feed.getByRole('article').first()).toBeVisible();
  await feed.getByRole('button', { name: 'Open' }).first().click();
  await expect(inbox(page).log).toBeVisible();
  await page.getByRole('link', { name: FARAH.name }).click();
  await expect(person.getByRole('heading', { name: FARAH.name })).toBeVisible();
});
