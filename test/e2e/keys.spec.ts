import { chmod, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { atInbox, inbox, signIn, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';

const PASSPHRASE = 'seven brass lanterns over the harbour';

test('a passphrase: chosen at the first start, asked for at every other, and a wrong one does not open', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url, key: null });
  await expect(
    desktop.page.getByRole('heading', { name: 'How should your messages be protected?' }),
  ).toBeVisible();
  const choice = desktop.page.getByRole('radiogroup', { name: 'Where the key is kept' });
  await choice.getByRole('radio', { name: /^Passphrase/ }).check({ force: true });
  const go = desktop.page.getByRole('button', { name: 'Continue' });
  await passphraseFields(desktop.page, 'short', 'short');
  await go.click();
  await expect(desktop.page.getByText(/Use at least \d+ characters/)).toBeVisible();
  await passphraseFields(desktop.page, PASSPHRASE, `${PASSPHRASE}!`);
  await go.click();
  await expect(desktop.page.getByText('The two are not the same.')).toBeVisible();
  await passphraseFields(desktop.page, PASSPHRASE, PASSPHRASE);
  await go.click();
  await signIn(desktop.page, office.ben);
  await expect(desktop.page.getByText('lies in a plain file')).toBeHidden();

  expect(await desktop.restart()).toBe(0);
  const { page } = desktop;
  const unlock = page.getByRole('button', { name: 'Unlock' });
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('six brass lanterns over the harbour');
  await unlock.click();
  await expect(page.getByText('This passphrase does not open your messages.')).toBeVisible();
  await expect(inbox(page).grid).toBeHidden();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  await unlock.click();
  await atInbox(page);
});

test('a key file: only after an explicit yes, and with a warning from then on', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url, key: null });
  const { page } = desktop;
  const go = page.getByRole('button', { name: 'Continue' });
  const choice = page.getByRole('radiogroup', { name: 'Where the key is kept' });
  await expect(choice.getByRole('radio', { name: /^Key file/ })).not.toBeChecked();
  await choice.getByRole('radio', { name: /^Key file/ }).check({ force: true });
  await expect(page.getByText('This does not protect your messages')).toBeVisible();
  await expect(go).toBeDisabled();
  await page.getByRole('checkbox', { name: /I understand/ }).check({ force: true });
  await go.click();
  await signIn(page, office.ben);
  const warning = 'Anyone who can read your files can read them.';
  await expect(page.getByText(warning)).toBeVisible();

  await desktop.restart();
  await atInbox(desktop.page);
  await expect(desktop.page.getByText(warning)).toBeVisible();
});

test('a key file that others can read is not used until it is private again', async ({ launch, office }) => {
  test.skip(process.platform === 'win32', 'Windows has no such rights');
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ben);
  await desktop.stop();
  const file = path.join(desktop.userDataDir, 'keys/key');
  await chmod(file, 0o644);
  await desktop.start();
  await expect(desktop.page.getByRole('heading', { name: 'Others can read your key file' })).toBeVisible();
  await chmod(file, 0o600);
  await desktop.page.getByRole('button', { name: 'Try again' }).click();
  await atInbox(desktop.page);
});

test('a lost key: said plainly, and the messages are set aside, not deleted', async ({ launch, office }) => {
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ben);
  await desktop.stop();
  const keys = path.join(desktop.userDataDir, 'keys');
  await rename(keys, `${keys}-elsewhere`);
  await desktop.start({ key: null });
  const { page } = desktop;
  await expect(page.getByRole('heading', { name: 'The key to your messages is missing' })).toBeVisible();
  await page.getByRole('button', { name: 'Set aside and start anew' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Set aside and start anew' }).click();
  await expect(page.getByRole('radiogroup', { name: 'Where the key is kept' })).toBeVisible();
  const kept = await readdir(path.join(desktop.userDataDir, 'cache'), { recursive: true });
  expect(kept.some((file) => /aside-\d+.*parley\.db$/.test(file))).toBe(true);
  await expect(signInScreen(page).button).toBeHidden();
});

async function passphraseFields(page: Page, first: string, second: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(first);
  await page.getByRole('textbox', { name: 'Repeat the passphrase' }).fill(second);
}
