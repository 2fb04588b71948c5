/** A workspace whose storage is off: everything works, and nothing is on the disk. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { inbox, openConversation, openView, send, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { rawHits } from '../support/raw-scan.ts';

test.use({ workspace: { policy: 'off' } });

test('R000-1: read, written, sent and searched, and no byte of it lies in the folder, nor after a restart', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url });
  const { page, userDataDir } = desktop;
  await signIn(page, office.ben);
  await expect(page.getByText('History is not kept here.')).toBeVisible({ timeout: 90_000 });
  await openView(page, 'Unassigned');
  await openConversation(page, 'Bruno Costa');
  await expect(page.getByText('My parcel has not arrived').last()).toBeVisible();
  // At the gateway: what waits in memory would be gone with the restart.
  await expect(await send(page, 'It is on its way to you')).toContainText('Sent');
  await goTo(page, '#/settings/storage');
  await expect(page.getByText('This workspace runs from memory')).toBeVisible();
  // What the gateway keeps all the same is named.
  await goTo(page, '#/settings/privacy');
  await expect(page.locator('dl > div').filter({ hasText: 'Storage can be switched off' })).toContainText(
    'except temporary processing, technical logs, backups, security, law',
  );
  await goTo(page, '#/inbox/unassigned');
  await openConversation(page, 'Bruno Costa');
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('A draft that is not sent');
  await goTo(page, '#/inbox/unassigned');
  const words = [
    'A draft that is not sent',
    'My parcel has not arrived',
    'It is on its way to you',
    'Bruno Costa',
    '5511912340002',
  ];
  expect(await rawHits(userDataDir, words)).toEqual([]);
  expect(
    (await readdir(path.join(userDataDir, 'cache'))).filter((name) => name.startsWith('parley.db')),
  ).toEqual([]);
  await desktop.kill();
  expect(await rawHits(userDataDir, words)).toEqual([]);
  await desktop.start();
  expect(await rawHits(userDataDir, words)).toEqual([]);
  await signIn(desktop.page, office.ben);
  await openView(desktop.page, 'Unassigned');
  await openConversation(desktop.page, 'Bruno Costa');
  await expect(desktop.page.getByText('It is on its way to you').last()).toBeVisible();
});

test('what is unsent is asked about wherever the window is closed, on the lock screen too, and is sent after all', async ({
  launch,
  office,
  network,
}, info) => {
  test.skip(
    info.project.name === 'electron',
    'a window of Electron asks by itself: electron/main/leaving.test.ts',
  );
  const { page } = await launch({ gateway: network.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, 'Bruno Costa');
  network.cut();
  await expect(inbox(page).connection).toContainText('Offline');
  await expect(await send(page, 'Only in memory')).toContainText('Queued');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await goTo(page, '#/settings/appearance');
  await page.getByRole('heading', { level: 1 }).or(page.getByRole('heading')).first().click();
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toEqual(['beforeunload']);
  await page.keyboard.press('Control+l');
  const text = page.getByText('1 message is not sent yet and lives only until you quit.');
  await expect(text).toBeVisible();
  // Making the page anew asked nothing. Chromium asks only where somebody has touched the page.
  await text.click();
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toEqual(['beforeunload', 'beforeunload']);
  await page.getByRole('button', { name: 'Unlock' }).click();
  network.heal();
  await expect.poll(() => office.delivered().map((each) => each.text)).toEqual(['Only in memory']);
});
