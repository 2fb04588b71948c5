/** Locked: the key is gone, and the page keeps nothing of what it showed. */
import type { Page } from '@playwright/test';
import { atInbox, inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { AMIRA, BRUNO, CHLOE } from './fixtures/workspace.ts';

const DRAFT = 'Perpendicular marmalade for Amira';
const NOTE = 'Tourmaline, ask the harbour office';

test.use({ workspace: { history: 12 } });

/** Those of the strings that stand anywhere in the page's heap. */
async function inHeap(page: Page, strings: readonly string[]): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  const snapshot = chunks.join('');
  return strings.filter((each) => snapshot.includes(JSON.stringify(each).slice(1, -1)));
}

test('locked by the key: what was being written is kept, the heap holds nothing, one click opens again', async ({
  launch,
  office,
}, info) => {
  test.skip(info.project.name === 'electron', 'the heap is read through the protocol of a Chromium');
  const desktop = await launch({ gateway: office.url });
  const { page } = desktop;
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await inbox(page).composer.fill(DRAFT);
  const strings = [DRAFT, AMIRA.name, BRUNO.name, CHLOE.name, 'Line 12', office.ben.email];
  expect(await inHeap(page, strings)).toEqual(expect.arrayContaining([DRAFT, AMIRA.name, 'Line 12']));
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Unlock your messages' })).toBeVisible();
  expect(await inHeap(page, strings)).toEqual([]);
  await expect(page).toHaveTitle(/^Parley$/);
  await page.keyboard.press('Enter');
  await atInbox(page);
  await expect(page.getByRole('heading', { name: AMIRA.name })).toBeVisible();
  await expect(inbox(page).composer).toHaveValue(DRAFT);
});

test('a note that is being written is there again after a lock from the palette', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, BRUNO.name);
  await page.keyboard.press('n');
  const note = page.getByRole('textbox', { name: 'Note', exact: true });
  await note.fill(NOTE);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').or(page.getByRole('searchbox')).first().fill('Lock Parley');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await atInbox(page);
  await expect(page.getByRole('heading', { name: BRUNO.name })).toBeVisible();
  await page.keyboard.press('n');
  await expect(note).toHaveValue(NOTE);
});

test('from the settings too, and wrong passphrases are counted down over a restart', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url });
  await signIn(desktop.page, office.ben);
  await goTo(desktop.page, '#/settings/security');
  await desktop.page.getByRole('button', { name: 'Set passphrase' }).click();
  const dialog = desktop.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('nine otters below the bridge');
  await dialog.getByRole('textbox', { name: 'Repeat the passphrase' }).fill('nine otters below the bridge');
  await dialog.getByRole('button', { name: 'Set passphrase' }).click();
  await expect(dialog).toBeHidden();
  await desktop.page.getByRole('button', { name: 'Lock', exact: true }).click();
  const box = () => desktop.page.getByRole('textbox', { name: 'Passphrase' });
  const unlock = () => desktop.page.getByRole('button', { name: 'Unlock' });
  for (let tries = 0; tries < 4; tries += 1) {
    await expect(unlock().or(box()).first()).toBeVisible();
    await box().fill('ten otters below the bridge');
    await expect(unlock()).toBeEnabled({ timeout: 30_000 });
    await unlock().click();
    await expect(desktop.page.getByText('This passphrase does not open your messages.')).toBeVisible();
  }
  await expect(desktop.page.getByRole('timer')).toContainText(/Wait \d+ seconds/);
  await expect(unlock()).toBeDisabled();
  await desktop.restart();
  await expect(desktop.page.getByRole('timer')).toContainText(/Wait \d+ second/);
  await box().fill('nine otters below the bridge');
  await expect(unlock()).toBeEnabled({ timeout: 90_000 });
  await unlock().click();
  await atInbox(desktop.page);
});
