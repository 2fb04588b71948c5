/** What takes the space, and what can be done about it. */
import { expectFine } from './fixtures/axe.ts';
import { signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

test.use({ workspace: { history: 30 } });

test('space by class and conversation; compact, check, rebuild, pins and the limit', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await goTo(page, '#/settings/storage');
  await expect(page.getByRole('row', { name: /^Messages 3\d /u })).toBeVisible();
  const said = page.getByRole('status').or(page.getByRole('alert'));
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(said.filter({ hasText: 'The file is well.' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Compact now' }).click();
  await expect(said.filter({ hasText: /before, .* now\./u }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Rebuild' }).click();
  await expect(page.getByText(/^3\d of 3\d messages/u)).toBeVisible({ timeout: 90_000 });
  await page.getByRole('switch', { name: 'Keep files of Amira Nassar offline' }).press('Space');
  await page.getByRole('switch', { name: 'Keep files of Unassigned offline' }).press('Space');
  await page.locator('select[name="media-limit"]').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Free up space' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Files that would leave this device: 0');
  await page.keyboard.press('Escape');
  await expectFine(page, 'storage');
  // The list scrolls, the page does not, and at 400 px nothing is wider than the window.
  const beyond = () =>
    page.evaluate(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      return [scrollHeight - window.innerHeight, scrollWidth - window.innerWidth];
    });
  expect(await beyond()).toEqual([0, 0]);
  await page.setViewportSize({ width: 400, height: 800 });
  expect(await beyond()).toEqual([0, 0]);
  await page.reload();
  await expect(page.getByRole('switch', { name: 'Keep files of Amira Nassar offline' })).toBeChecked();
  await expect(page.getByRole('switch', { name: 'Keep files of Unassigned offline' })).toBeChecked();
  await expect(page.locator('select[name="media-limit"]')).toHaveValue('100000000');
});
