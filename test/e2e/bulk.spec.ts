/** Many at once, by mouse, taken back, and seen by colleagues. */
import { inbox, openView, signIn } from './fixtures/screens.ts';
import { BIG, EMIL, FARAH, GWEN, HUGO } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { choose, notice } from './fixtures/triage.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

test('many are chosen with the mouse, labelled, closed and brought back to the state before', async ({
  launch,
  office,
}) => {
  const ben = await launch({ gateway: office.url });
  const ada = await launch({ gateway: office.url });
  await signIn(ben.page, office.ben);
  await signIn(ada.page, office.ada);
  const { page } = ben;
  const { row, views } = inbox(page);
  await openView(page, 'Unassigned');
  await openView(ada.page, 'Unassigned');

  await row(GWEN.name).click({ modifiers: ['Control'] });
  await row(EMIL.name).click({ modifiers: ['Shift'] });
  const bar = page.getByRole('toolbar', { name: 'Selected conversations' });
  await expect(bar).toContainText('4 selected');
  await row(FARAH.name).click({ modifiers: ['Control'] });
  await expect(bar).toContainText('3 selected');
  await expect(row(HUGO.name)).toHaveAttribute('aria-selected', 'true');
  await expect(row(AMIRA.name)).toHaveAttribute('aria-selected', 'false');

  await bar.getByRole('button', { name: 'Label' }).click();
  await choose(page, 'Label', 'VIP');
  await page.keyboard.press('Escape');
  await expect(views.getByRole('link', { name: /^VIP,? 3 conversations/ })).toBeVisible();
  await expect(inbox(ada.page).views.getByRole('link', { name: /^VIP,? 3 conversations/ })).toBeVisible();

  await bar.getByRole('button', { name: 'Close' }).click();
  const done = page.getByRole('status').filter({ hasText: '3 conversations closed.' });
  await expect(done).toBeVisible();
  await expect(inbox(ada.page).row(GWEN.name)).toBeHidden();
  await expect(row(GWEN.name)).toBeHidden();
  await done.getByRole('button', { name: 'Undo' }).last().click();
  await expect(notice(page, 'Undone.')).toBeVisible();
  for (const customer of [GWEN, HUGO, EMIL]) {
    await expect(row(customer.name)).toBeVisible();
    await expect(inbox(ada.page).row(customer.name)).toBeVisible();
  }
  await expect(inbox(ada.page).views.getByRole('link', { name: /^Closed,? 0 conversations/ })).toBeVisible();

  // To a person, and back to nobody.
  await row(GWEN.name).click({ modifiers: ['Control'] });
  await row(HUGO.name).click({ modifiers: ['Control'] });
  await bar.getByRole('button', { name: 'Assign to me' }).click();
  await expect(views.getByRole('link', { name: /^Mine,? 2 conversations/ })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(views.getByRole('link', { name: /^Mine,? 0 conversations/ })).toBeVisible();
  await expect(row(GWEN.name)).toBeVisible();
});
