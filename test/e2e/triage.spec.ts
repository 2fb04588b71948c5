import { inbox, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { AMIRA, BRUNO, CHLOE } from './fixtures/workspace.ts';

test('a whole queue is gone through without a mouse', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  const { grid, composer, message, views } = await signIn(page, office.ben);
  const keys = page.keyboard;

  await keys.press('g');
  await keys.press('u');
  await expect(grid.getByRole('row')).toHaveCount(3);
  await expect(grid).toBeFocused();

  // The first is taken, answered and closed.
  await keys.press('j');
  await keys.press('m');
  await expect(page.getByText('Assigned to Ben Adeyemi.')).toBeVisible();
  await keys.press('r');
  await expect(composer).toBeFocused();
  await keys.type('On its way');
  await keys.press('Enter');
  await expect(message('On its way')).toContainText('Sent');
  await keys.press('Escape');
  await keys.press('e');
  await expect(page.getByText('Closed.', { exact: true })).toBeVisible();

  // The second is put aside until tomorrow, the third closed with a reason.
  await expect(grid.getByRole('row')).toHaveCount(2);
  await keys.press('j');
  await keys.press('s');
  await expect(page.getByRole('dialog', { name: 'Snooze' })).toBeVisible();
  await keys.type('tom');
  await keys.press('Enter');
  await expect(grid.getByRole('row')).toHaveCount(1);
  await keys.press('j');
  await keys.press('Shift+E');
  await keys.type('spa');
  await keys.press('Enter');
  await expect(grid.getByRole('row')).toHaveCount(0);

  // What went too fast comes back.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await keys.press('Control+z');
  await expect(grid.getByRole('row')).toHaveCount(1);
  await expect(views.getByRole('link', { name: /^Snoozed/ })).toContainText('1');
});

test('many are selected by keyboard, changed at once, and changed back', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  // An agent would not see it any more once it is Cleo's.
  const { grid, row } = await signIn(page, office.ada);
  await openView(page, 'Unassigned');
  await expect(grid.getByRole('row')).toHaveCount(3);
  const keys = page.keyboard;
  await grid.focus();
  await keys.press('j');
  await keys.press('Shift+ArrowDown');
  await keys.press('Shift+ArrowDown');
  await expect(page.getByRole('toolbar', { name: 'Selected conversations' })).toContainText('3 selected');
  await keys.press('x');
  await expect(page.getByRole('toolbar', { name: 'Selected conversations' })).toContainText('2 selected');
  await keys.press('a');
  await expect(page.getByRole('dialog', { name: 'Assign to' })).toBeVisible();
  await keys.type('cleo');
  await keys.press('Enter');
  await expect(page.getByText('2 conversations assigned to Cleo Park.')).toBeVisible();
  await expect(grid.getByRole('row')).toHaveCount(1);
  await expect(row(CHLOE.name)).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(grid.getByRole('row')).toHaveCount(3);
  await expect(row(AMIRA.name)).toBeVisible();
});

test('a filter narrows the list down, and is kept as a view', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  const { grid, row, views } = await signIn(page, office.ben);
  await openView(page, 'All');
  await row(BRUNO.name).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('m');
  await expect(page.getByText('Assigned to Ben Adeyemi.')).toBeVisible();
  await page.keyboard.press('f');
  await page.getByRole('button', { name: 'Assignee' }).click();
  await page.getByRole('menuitemradio', { name: 'Me', exact: true }).click();
  await expect(page.getByText('1 conversation fits')).toBeVisible();
  await expect(grid.getByRole('row')).toHaveCount(1);
  await page.getByRole('button', { name: 'Save as view' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('My open ones');
  await page.keyboard.press('Enter');
  await expect(views.getByRole('link', { name: /^My open ones/ })).toHaveAttribute('aria-current', 'page');
  await expect(grid.getByRole('row')).toHaveCount(1);
});

test('the palette and the search find what was said, and lead to it', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  const screen = inbox(page);
  const keys = page.keyboard;
  await keys.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await keys.type('unassigned');
  await keys.press('Enter');
  await expect(screen.grid.getByRole('row')).toHaveCount(3);
  await keys.press('Control+k');
  await keys.type('bruno');
  await expect(page.getByRole('option', { name: /Bruno Costa/ }).first()).toBeVisible();
  await keys.press('Enter');
  await expect(page.getByRole('heading', { name: BRUNO.name })).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await keys.press('/');
  await expect(page.getByRole('combobox', { name: 'Search all messages' })).toBeFocused();
  await keys.press('Escape');
  await keys.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});
