/** The table of contacts: finding, choosing columns, picking, changing many at once, by pointer and by keyboard. */
import { contacts, openContacts } from './fixtures/contacts.ts';
import { BIG, GWEN, HUGO } from './fixtures/furniture.ts';
import { signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { AMIRA, BRUNO, CHLOE } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

test('somebody is found by name and by a number in any notation', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  const { search, row, rows, grid } = await openContacts(page);
  await search.fill('chloe');
  await expect(rows).toHaveCount(1);
  await expect(row(CHLOE.name)).toBeVisible();
  for (const notation of ['0151 1234', '+49 (151) 12340001', '4915112340001']) {
    await search.fill(notation);
    await expect(rows).toHaveCount(1);
    await expect(row(AMIRA.name)).toBeVisible();
  }
  await search.fill('nobody at all');
  await expect(grid.getByText(/^Nobody fits/)).toBeVisible();
  await search.press('Escape');
  await expect(row(GWEN.name)).toBeVisible();
});

test('columns are ordered by, moved, taken away and remembered', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  const { grid, rows, head } = await openContacts(page);
  await head('Name').getByRole('button').click();
  await expect(head('Name')).toHaveAttribute('aria-sort', 'descending');
  await expect(rows.first()).toContainText(HUGO.name);

  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  const pane = page.getByRole('dialog', { name: 'Columns' });
  await pane.getByText('Company', { exact: true }).click();
  await pane.getByText('Conversations', { exact: true }).click();
  await pane.getByRole('button', { name: 'Move “E-mail” up' }).click();
  await page.keyboard.press('Escape');
  await expect(head('Company')).toBeHidden();
  const titles = [
    'Name',
    'State',
    'E-mail',
    'Number',
    'Labels',
    'Marketing',
    'Last message',
    'Conversations',
  ];
  await expect(grid.getByRole('columnheader')).toHaveText(titles);
  await grid.getByRole('columnheader', { name: 'Number' }).getByRole('button').focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(grid.getByRole('columnheader').nth(2)).toHaveText('Number');
  const before = await head('Number').boundingBox();
  await page.keyboard.press('Alt+ArrowRight');
  await expect
    .poll(async () => (await head('Number').boundingBox())?.width)
    .toBeGreaterThan(before?.width ?? 0);

  // By its own means the page keeps how it looks: what the window shows after it was closed and opened.
  await page.reload();
  await expect(grid.getByRole('columnheader').nth(2)).toHaveText('Number');
  await expect(head('Name')).toHaveAttribute('aria-sort', 'descending');
});

test('picked by keyboard, labelled and deleted, each taken back', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  const { grid, row, rows, bulk, undo } = contacts(page);
  await grid.focus();
  await expect(rows.first()).toContainText(AMIRA.name);
  await page.keyboard.press('Space');
  await expect(row(AMIRA.name)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bulk.getByRole('status')).toHaveText('3 picked');
  await expect(row(CHLOE.name)).toHaveAttribute('aria-selected', 'true');

  await bulk.getByRole('button', { name: 'Label', exact: true }).click();
  await page.getByRole('combobox').fill('VIP');
  await page.keyboard.press('Enter');
  await expect(row(BRUNO.name)).toContainText('VIP');
  await undo.click();
  await expect(row(BRUNO.name)).not.toContainText('VIP');

  await bulk.getByRole('button', { name: 'Edit a value' }).click();
  await page.getByRole('textbox', { name: 'New value' }).fill('Harbour & Sons');
  await page.keyboard.press('Enter');
  await expect(row(BRUNO.name)).toContainText('Harbour & Sons');
  await undo.click();
  await expect(row(BRUNO.name)).not.toContainText('Harbour & Sons');

  await grid.focus();
  await page.keyboard.press('Control+a');
  await expect(bulk.getByRole('status')).toHaveText('7 picked');
  await page.keyboard.press('Space');
  await expect(bulk.getByRole('status')).toHaveText('6 picked');
  await bulk.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(rows).toHaveCount(1);
  await undo.click();
  await expect(rows).toHaveCount(7);
});

test('the keyboard alone: a cell, a person, back, and the palette', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  const { grid, row, rows, person, search } = await openContacts(page);
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('gwen');
  await expect(rows).toHaveCount(1);
  await expect(row(GWEN.name)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(grid).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  const active = await grid.getAttribute('aria-activedescendant');
  await expect(page.locator(`[id="${active ?? ''}"]`)).toHaveAttribute('aria-colindex', '8');
  await page.keyboard.press('Enter');
  await expect(person.getByRole('heading', { name: GWEN.name })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(person).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('custom fields');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Custom fields' })).toBeVisible();
});
