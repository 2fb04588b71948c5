/** Backup, restore and export by the page, with the keyboard alone where it counts. */
import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expectNoOverflow } from './fixtures/overflow.ts';
import { inbox, openConversation, openView, signIn, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { AMIRA } from './fixtures/workspace.ts';
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
  await openConversation(page, AMIRA.name);
  await inbox(page).composer.fill('half a thought');
  await expect(inbox(page).row(AMIRA.name)).toContainText('half a thought');
  await goTo(page, '#/settings/backup');
  await expect(page.getByRole('heading', { level: 1, name: 'Backup and export' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Folder', exact: true }).fill(place);
  await page.getByLabel('Passphrase for backups').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Back up now' }).press('Enter');
  await expect(page.getByText(/^Last backup .*checked\.$/)).toBeVisible({ timeout: 90_000 });
  expect((await readdir(place)).length).toBe(1);

  // What is lost afterwards comes back, and nothing else.
  await goTo(page, '#/');
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await inbox(page).composer.fill('');
  await expect(inbox(page).row(AMIRA.name)).not.toContainText('half a thought');
  await goTo(page, '#/settings/backup');
  await page.getByRole('button', { name: 'Find backups' }).press('Enter');
  await page.getByLabel('Passphrase of this backup').fill('not these words');
  await page.getByRole('button', { name: 'Look inside' }).press('Enter');
  await expect(page.getByText('The passphrase is wrong.')).toBeVisible();
  await page.getByLabel('Passphrase of this backup').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Look inside' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'What this backup would bring back' });
  await expect(dialog.getByRole('row', { name: /^Drafts 1 1 0 0 0$/ })).toBeVisible();
  await expect(dialog.getByRole('row', { name: /^Messages (\d+) 0 0 \1 0$/ })).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  await dialog.getByRole('button', { name: 'Restore' }).press('Enter');
  await expect(page.getByText(/^Restored .*: 1 added, 0 renewed, \d+ left as they are\.$/)).toBeVisible({
    timeout: 90_000,
  });
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);

  await page.setViewportSize({ width: 480, height: 800 });
  await goTo(page, '#/settings/language');
  await page.locator('select[name="language"]').selectOption('ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await goTo(page, '#/settings/backup');
  await expectNoOverflow(page, 'backup, in Arabic');
});

test('a restore is offered before the sign-in and when the cache is damaged', async ({
  launch,
  office,
  folder,
}) => {
  const place = await folder('backups');
  const desktop = await launch({ gateway: office.url });
  const { page } = desktop;
  await page.getByRole('button', { name: 'Restore a backup' }).press('Enter');
  await expect(page.getByText('After you have signed in, Parley asks for the backup.')).toBeVisible();
  const form = signInScreen(page);
  await form.email.fill(office.ben.email);
  await form.password.fill(office.ben.password);
  await form.button.click();
  const heading = page.getByRole('heading', { level: 1, name: 'Backup and export' });
  await expect(heading).toBeVisible();
  await page.getByRole('textbox', { name: 'Folder', exact: true }).fill(place);
  await page.getByLabel('Passphrase for backups').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Back up now' }).press('Enter');
  await expect(page.getByText(/^Last backup .*checked\.$/)).toBeVisible({ timeout: 90_000 });
  await desktop.stop();

  await writeFile(path.join(desktop.userDataDir, 'cache/parley.db'), randomBytes(200_000));
  await desktop.start();
  const again = desktop.page;
  await again.getByRole('button', { name: 'Start anew and restore a backup' }).press('Enter');
  const signInAgain = again.getByRole('button', { name: 'Sign in', exact: true });
  const found = again.getByRole('heading', { level: 1, name: 'Backup and export' });
  await expect(found.or(signInAgain).first()).toBeVisible();
  if (await signInAgain.isVisible()) {
    const second = signInScreen(again);
    await second.email.fill(office.ben.email);
    await second.password.fill(office.ben.password);
    await signInAgain.click();
  }
  await expect(found).toBeVisible();
  await again.getByRole('textbox', { name: 'Folder with backups' }).fill(place);
  await again.getByRole('button', { name: 'Find backups' }).press('Enter');
  await again.getByLabel('Passphrase of this backup').fill(PASSPHRASE);
  await again.getByRole('button', { name: 'Look inside' }).press('Enter');
  const dialog = again.getByRole('dialog', { name: 'What this backup would bring back' });
  await expect(dialog.getByRole('row', { name: /^Messages/ })).toBeVisible({ timeout: 90_000 });
});
