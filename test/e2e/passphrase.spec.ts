/** A passphrase is set, changed and removed; the key of the file is changed; nobody gets in with an old one. */
import type { Page } from '@playwright/test';
import { atInbox, inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { AMIRA } from './fixtures/workspace.ts';

const FIRST = 'nine otters below the bridge';
const SECOND = 'seven brass lanterns over the harbour';

async function fill(page: Page, words: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(words))
    await page.getByRole('dialog').getByRole('textbox', { name, exact: true }).fill(text);
}

async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
}

test('set, changed, kept over a change of the key, and removed knowingly', async ({ launch, office }) => {
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ben);
  await goTo(desktop.page, '#/settings/security');
  await desktop.page.getByRole('button', { name: 'Set passphrase' }).click();
  await fill(desktop.page, { Passphrase: FIRST, 'Repeat the passphrase': `${FIRST}!` });
  await desktop.page.getByRole('dialog').getByRole('button', { name: 'Set passphrase' }).click();
  await expect(desktop.page.getByText('The two are not the same.')).toBeVisible();
  await fill(desktop.page, { 'Repeat the passphrase': FIRST });
  await desktop.page.keyboard.press('Enter');
  await expect(desktop.page.getByText('Your messages open only with your passphrase.')).toBeVisible();

  await desktop.page.getByRole('button', { name: 'Change passphrase' }).click();
  await fill(desktop.page, {
    'Present passphrase': 'something else entirely',
    Passphrase: SECOND,
    'Repeat the passphrase': SECOND,
  });
  await desktop.page.keyboard.press('Enter');
  await expect(desktop.page.getByRole('dialog').getByText('The passphrase is wrong.')).toBeVisible();
  await fill(desktop.page, { 'Present passphrase': FIRST });
  await desktop.page.keyboard.press('Enter');
  await expect(desktop.page.getByRole('dialog')).toBeHidden();

  await desktop.page.getByRole('button', { name: 'Change key' }).click();
  await fill(desktop.page, { 'Present passphrase': SECOND });
  await desktop.page.keyboard.press('Enter');
  await expect(desktop.page.getByRole('heading', { level: 1, name: 'Security' })).toBeVisible({
    timeout: 90_000,
  });
  await expect(desktop.page.getByRole('dialog')).toBeHidden();

  await desktop.restart();
  await unlock(desktop.page, FIRST);
  await expect(desktop.page.getByText('This passphrase does not open your messages.')).toBeVisible();
  await unlock(desktop.page, SECOND);
  await atInbox(desktop.page);
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, AMIRA.name);
  await expect(inbox(desktop.page).log.getByRole('article').first()).toBeVisible();

  await goTo(desktop.page, '#/settings/security');
  await desktop.page.getByRole('button', { name: 'Remove', exact: true }).click();
  const alert = desktop.page.getByRole('alertdialog');
  await expect(alert).toContainText('plain file');
  await alert.getByRole('textbox', { name: 'Present passphrase' }).fill(SECOND);
  await expect(alert.getByRole('button', { name: 'Remove' })).toBeDisabled();
  await alert.getByRole('checkbox', { name: /I understand/ }).check({ force: true });
  await alert.getByRole('button', { name: 'Remove' }).click();
  await expect(alert).toBeHidden();
  await desktop.restart();
  await atInbox(desktop.page);
});
