/** Settings count at once and stay. */
import { Settings } from '../../shared/contract/settings.ts';
import { followCalls } from './fixtures/calls.ts';
import { expectNoOverflow } from './fixtures/overflow.ts';
import { accountButton, atInbox, inbox, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { AMIRA } from './fixtures/workspace.ts';

test('looks, density and language change at once and are there after a restart; Arabic from right to left', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url });
  const { page } = desktop;
  const calls = await followCalls(page);
  const { row } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  const tall = (await row(AMIRA.name).boundingBox())?.height ?? 0;
  await accountButton(page, office.ben).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Account and devices' })).toBeFocused();
  await page.getByRole('link', { name: 'Appearance' }).click();
  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('radio', { name: 'Compact' }).click();
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await openView(page, 'Unassigned');
  await expect.poll(async () => (await row(AMIRA.name).boundingBox())?.height ?? 0).toBeLessThan(tall - 10);

  await goTo(page, '#/settings/language');
  const language = page.locator('select[name="language"]');
  await language.selectOption('de');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByText('Language', { exact: true })).toHaveCount(0);
  await language.selectOption('ar');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await calls.answered('settings.save', (input) => Settings.parse(input).language === 'ar');

  await desktop.restart();
  const again = desktop.page;
  await expect(again.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(again.locator('html')).toHaveAttribute('data-theme', 'dark');
  const grid = again.getByRole('grid');
  await expect(grid.or(again.getByRole('main')).first()).toBeVisible();
  await expectNoOverflow(again, 'in Arabic');
  await goTo(again, '#/settings/language');
  await again.locator('select[name="language"]').selectOption('en');
  await again.getByRole('link', { name: 'Back to the inbox' }).click();
  await atInbox(again);
  await expect(inbox(again).views).toBeVisible();
});
