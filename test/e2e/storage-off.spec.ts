/** A workspace whose storage is off: everything works, and nothing is on the disk. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { openConversation, openView, send, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';

test.use({ workspace: { policy: 'off' } });

test('R000-1: read, written, sent and searched, and no byte of it lies in the folder, nor after a restart', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url });
  const { page, userDataDir } = desktop;
  await signIn(page, office.ben);
  await expect(page.getByText('History is not kept here.')).toBeVisible({ timeout: 20_000 });
  await openView(page, 'Unassigned');
  await openConversation(page, 'Bruno Costa');
  await expect(page.getByText('My parcel has not arrived').last()).toBeVisible();
  // At the gateway: what waits in memory would be gone with the restart.
  await expect(await send(page, 'It is on its way to you')).toContainText('Sent');
  await goTo(page, '#/settings/storage');
  await expect(page.getByText('This workspace runs from memory')).toBeVisible();
  const words = ['My parcel has not arrived', 'It is on its way to you', 'Bruno Costa', '5511912340002'];
  expect(await hits(userDataDir, words)).toEqual([]);
  expect(
    (await readdir(path.join(userDataDir, 'cache'))).filter((name) => name.startsWith('parley.db')),
  ).toEqual([]);
  await desktop.restart();
  expect(await hits(userDataDir, words)).toEqual([]);
  await signIn(desktop.page, office.ben);
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, 'Bruno Costa');
  await expect(desktop.page.getByText('It is on its way to you').last()).toBeVisible();
});

async function hits(folder: string, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(path.join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    for (const word of words) {
      if (bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')))
        found.push(`${entry.name}: ${word}`);
    }
  }
  return found;
}
