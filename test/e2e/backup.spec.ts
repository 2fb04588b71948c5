/** Backup, restore and export by the page, with the keyboard alone where it counts. */
import { readdir } from 'node:fs/promises';
import { openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import AxeBuilder from '@axe-core/playwright';

const PASSPHRASE = 'seven quiet rivers at noon';

test('a backup is made, looked into and brought back; the page has no accessibility faults, also narrow and from right to left', async ({
  launch,
  office,
  folder,
}) => {
  const place = await folder('backups');
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await goTo(page, '#/settings/backup');
  await expect(page.getByRole('heading', { level: 1, name: 'Backup and export' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Folder', exact: true }).fill(place);
  await page.getByLabel('Passphrase for backups').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Back up now' }).press('Enter');
  await expect(page.getByText(/^Last backup .*checked\.$/)).toBeVisible({ timeout: 60_000 });
  expect((await readdir(place)).length).toBe(1);

  await page.getByRole('button', { name: 'Find backups' }).press('Enter');
  await page.getByLabel('Passphrase of this backup').fill('not these words');
  await page.getByRole('button', { name: 'Look inside' }).press('Enter');
  await expect(page.getByText('The passphrase is wrong.')).toBeVisible();
  await page.getByLabel('Passphrase of this backup').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Look inside' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'What is in this backup' });
  await expect(dialog.getByRole('row', { name: /^Messages/ })).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  await dialog.getByRole('button', { name: 'Restore' }).press('Enter');
  await expect(page.getByText(/^Restored .* left as they are\.$/)).toBeVisible({ timeout: 60_000 });
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);

  await page.setViewportSize({ width: 480, height: 800 });
  await goTo(page, '#/settings/general');
  await page.locator('select[name="language"]').selectOption('ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await goTo(page, '#/settings/backup');
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});
