/** The recovery key: shown once, tested by a part of it, and the way back in when the passphrase is forgotten. */
import { AxeBuilder } from '@axe-core/playwright';
import { atInbox, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

const PASSPHRASE = 'nine otters below the bridge';
const NEW = 'seven brass lanterns over the harbour';

test('made, checked on paper, and used after the passphrase was forgotten; a typo is named', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url });
  const { page } = desktop;
  await signIn(page, office.ben);
  await goTo(page, '#/settings/security');
  await page.getByRole('button', { name: 'Make a recovery key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make a recovery key' }).click();
  const shown = page.getByRole('alertdialog');
  const items = shown.getByRole('list', { name: 'Recovery key' }).getByRole('listitem');
  await expect(items).toHaveCount(8);
  const groups = await items.allTextContents();
  await shown.getByRole('button', { name: 'I have it on paper' }).click();
  const dialog = page.getByRole('dialog');
  const box = dialog.getByRole('textbox', { name: /^Group \d$/ });
  await box.fill('00000');
  await dialog.getByRole('button', { name: 'Check' }).click();
  await expect(dialog.getByText(/This is not group \d/)).toBeVisible();
  const label = (await dialog.locator('label').textContent()) ?? '';
  await box.fill((groups[Number(/\d/.exec(label)?.[0]) - 1] ?? '').toLowerCase());
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/and shown to be on paper/)).toBeVisible();

  await page.getByRole('button', { name: 'Set passphrase' }).click();
  await dialog.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE);
  await dialog.getByRole('textbox', { name: 'Repeat the passphrase' }).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: 'Use the recovery key' }).click();
  const typed = page.getByRole('textbox', { name: 'Recovery key' });
  const wrong = groups.with(2, `${groups[2]?.startsWith('Z') === true ? 'Y' : 'Z'}${groups[2]?.slice(1)}`);
  await typed.fill(wrong.join(' '));
  await expect(page.getByText('There is a typo in group 3.')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await typed.fill(groups.join('-').toLowerCase());
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(NEW);
  await page.getByRole('textbox', { name: 'Repeat the passphrase' }).fill(NEW);
  await page.getByRole('button', { name: 'Open my messages' }).click();
  await atSettings(page);

  await desktop.restart();
  await desktop.page.getByRole('textbox', { name: 'Passphrase' }).fill(NEW);
  await desktop.page.getByRole('button', { name: 'Unlock' }).click();
  await atInbox(desktop.page);

  /** The settings, where it was locked. */
  async function atSettings(on: typeof page): Promise<void> {
    await expect(on.getByRole('heading', { level: 1, name: 'Security' })).toBeVisible({ timeout: 90_000 });
  }
});
