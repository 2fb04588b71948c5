/** Diagnostics: what support asks for is shown and saved as one file, and holds nothing that anybody wrote. */
import { readFile } from 'node:fs/promises';
import { unzip } from '../support/unzip.ts';
import { openConversation, openView, send, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { AMIRA } from './fixtures/workspace.ts';

const WORDS = 'Zarquon brought quinces';

test('versions, queue and log are shown; the bundle is saved and holds no words', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await send(page, WORDS);
  await goTo(page, '#/settings/diagnostics');
  await expect(page.getByRole('heading', { name: 'Versions' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'End of the log' }).last()).toContainText('state');
  await expect(page.getByRole('main')).not.toContainText('Zarquon');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the bundle' }).click();
  const files = unzip(await readFile(await (await saving).path()));
  expect([...files.keys()]).toContain('report.json');
  for (const file of files.values()) expect(file.toString()).not.toMatch(/Zarquon|quinces|Amira/u);
});
