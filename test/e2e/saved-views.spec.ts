/** Filters, orders, and views made of them. */
import { atInbox, inbox, openView, signIn } from './fixtures/screens.ts';
import { BIG, EMIL, GWEN, HUGO } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

test('a filter and an order become a view with a name, which is there after a restart', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url });
  const { page } = desktop;
  const { grid, row } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await page.getByRole('button', { name: 'Filter conversations' }).click();
  const filter = page.getByRole('group', { name: 'Filter' });
  await filter.getByRole('button', { name: 'Waiting' }).click();
  await page.getByRole('menuitemradio', { name: /Longer than 1\s?h/ }).click();
  await expect(filter.getByRole('status')).toHaveText('4 conversations fit');
  await expect(row(AMIRA.name)).toBeHidden();
  await page.getByRole('button', { name: /^Order:/ }).click();
  await page.getByRole('menuitemradio', { name: 'Longest wait first' }).click();
  await expect(grid.getByRole('row').first()).toContainText(EMIL.name);

  await filter.getByRole('button', { name: 'Save as view' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Kept waiting');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(
    inbox(page).views.getByRole('link', { name: /^Kept waiting,? 4 conversations/ }),
  ).toBeVisible();

  await desktop.restart();
  const after = await atInbox(desktop.page);
  await openView(desktop.page, 'Kept waiting');
  await expect(after.grid.getByRole('row')).toHaveCount(4);
  await expect(after.grid.getByRole('row').first()).toContainText(EMIL.name);
  await expect(after.row(GWEN.name)).toBeVisible();
  await expect(after.row(HUGO.name)).toBeVisible();

  await desktop.page.getByRole('button', { name: 'This view' }).click();
  await desktop.page.getByRole('menuitem', { name: 'Delete' }).click();
  const link = after.views.getByRole('link', { name: /^Kept waiting/ });
  await expect(link).toBeHidden();
  await desktop.page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(link).toBeVisible();
});

test('a view of the whole team is made by a supervisor and seen by everybody', async ({ launch, office }) => {
  const ada = await launch({ gateway: office.url });
  const ben = await launch({ gateway: office.url });
  await signIn(ada.page, office.ada);
  await signIn(ben.page, office.ben);
  await ada.page.getByRole('button', { name: 'Filter conversations' }).click();
  const filter = ada.page.getByRole('group', { name: 'Filter' });
  await filter.getByRole('button', { name: 'More' }).click();
  await ada.page.getByRole('menuitemcheckbox', { name: 'Unread' }).click();
  await ada.page.keyboard.press('Escape');
  await filter.getByRole('button', { name: 'Save as view' }).click();
  await ada.page.getByRole('textbox', { name: 'Name' }).fill('New for us');
  await ada.page.getByRole('radio', { name: 'The whole team' }).click();
  await ada.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(inbox(ben.page).views.getByRole('link', { name: /^New for us/ })).toBeVisible();
});
