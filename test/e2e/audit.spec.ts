/** The audit: what was opened and sought is in it, it is checked and saved; who is no owner learns that it exists. */
import { readFile } from 'node:fs/promises';
import { tabTo } from './fixtures/people.ts';
import { accountButton, atInbox, openView, signIn, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

test('an owner reads what was done, checks it, filters it and saves it', async ({ launch }) => {
  const { page } = await launch();
  // The demo's owner; everybody there has the same password, which is filled in.
  await signInScreen(page).email.fill('ines@demo.parley.example');
  await signInScreen(page).button.click();
  await atInbox(page);
  await openView(page, 'All');
  const first = page.getByRole('grid').locator('[role="row"]').first();
  await first.click();
  await expect(page).toHaveURL(/#\/inbox\/all\/.+/u);
  await goTo(page, '#/settings/audit');
  const entries = page.getByRole('region', { name: 'Entries of the audit' });
  await expect(entries.getByText('Conversation opened')).toHaveCount(1);
  await expect(entries.getByText('Signed in', { exact: true })).toHaveCount(1);

  await tabTo(page, page.getByRole('button', { name: 'Check now' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^The audit is whole: \d+ entries checked\.$/)).toBeVisible();
  await entries.getByRole('combobox', { name: 'What' }).selectOption('access');
  await expect(entries.getByText('Conversation opened')).toHaveCount(0);
  await expect(entries.getByText('Signed in', { exact: true })).toHaveCount(1);

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const lines = (await readFile(await (await saving).path(), 'utf8')).trim().split('\n');
  expect(lines.at(-1)).toContain('audit.export');
  await entries.getByRole('combobox', { name: 'What' }).selectOption('view');
  await entries.getByRole('link', { name: 'Open' }).click();
  await expect(page).toHaveURL(/#\/inbox\/all\/.+/u);
});

test('an agent learns that it is kept, and no more', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await expect(accountButton(page, office.ben)).toBeVisible();
  await goTo(page, '#/settings/audit');
  await expect(page.getByText('Only owners of the workspace can read it.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check now' })).toHaveCount(0);
});
