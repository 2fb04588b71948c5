/** Conversations are saved as files: from the settings, from a conversation, and stopped. */
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { AMIRA } from './fixtures/workspace.ts';

test('conversations are saved as files from the settings and from a conversation, in the chosen form', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await goTo(page, '#/settings/backup');
  await page.getByRole('button', { name: 'Export…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export conversations' });
  await expect(dialog.getByText('All conversations on this device')).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  await dialog.getByRole('radio', { name: /^JSON/ }).check({ force: true });
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).press('Enter');
  const json = await download;
  expect(json.suggestedFilename()).toMatch(/^conversations-.*\.json$/);
  const document = JSON.parse(await readFile(await json.path(), 'utf8')) as {
    format: string;
    version: number;
  };
  expect(document).toMatchObject({ format: 'parley-conversations', version: 1 });
  await expect(page.getByText(/conversations? exported\./)).toBeVisible();
  await expect(dialog).toBeHidden();

  await goTo(page, '#/');
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await page.getByRole('button', { name: 'More', exact: true }).first().press('Enter');
  await page.getByRole('menuitem', { name: 'Export…' }).press('Enter');
  await expect(dialog.getByText('1 conversation', { exact: true })).toBeVisible();
  const second = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).press('Enter');
  const html = await second;
  expect(html.suggestedFilename()).toMatch(/\.html$/);
  expect(await readFile(await html.path(), 'utf8')).toContain(AMIRA.name);
});
