/** Retention and storage in the real application process, with a real gateway and a real file: what was promised is done by itself. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { WorkspaceRetention } from '../../../shared/domain/retention.ts';
import { DAY, HOUR } from '../../../shared/domain/time.ts';
import { ONEMSG } from '../../../shared/policies/onemsg.ts';
import { WASMS } from '../../../shared/policies/wasms.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { draftOf, inbox, online, sendText, signInAs, texts } from '../../support/page-steps.ts';
import { rawHits } from '../../support/raw-scan.ts';

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;
let conversationId: string;
const NOW = Date.now();

beforeEach(async () => {
  place = await scratch();
  kit = await startKit();
  for (const age of [200, 120, 91, 60, 1]) {
    conversationId = kit.inbound('491701', `quagword${age}days`, { at: NOW - age * DAY + HOUR });
  }
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

async function start(user = kit.owner): Promise<void> {
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
  page = await app.page();
  if ((await page.state()).phase === 'signed_out')
    await signInAs(page, kit.gateway.url, user.email, PASSWORD);
  else await online(page);
}
const view = () => page.call('retention.get', {});
function ruleOf(days: Partial<WorkspaceRetention['days']>) {
  const { updatedAt: _at, updatedBy: _by, rev: _rev, ...rule } = WorkspaceRetention.parse({ days });
  return { rule };
}
const here = async () => (await texts(page, conversationId)).toSorted();

test('R004-1, R000-3: a profile with 90 days purges by itself, and its receipt says what, how many, and what the scan found', async () => {
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...WASMS, backupDays: ONEMSG.backupDays, effectiveAt: 0 });
  await start();
  await expect.poll(here).toEqual(['quagword1days', 'quagword60days']);
  await expect.poll(async () => (await view()).receipts.length).toBe(1);
  const [receipt] = (await view()).receipts;
  expect(receipt).toMatchObject({ counts: { messages: 3 }, mode: 'delete', scan: { found: 0 } });
  expect(receipt?.scan?.samples).toBeGreaterThan(0);
  expect(Math.round(((receipt?.backupsUntil ?? 0) - (receipt?.startedAt ?? 0)) / DAY)).toBe(60);
  const found = await page.call('search.query', { text: 'quagword120days', conversationId: null, limit: 5 });
  expect(found.hits).toEqual([]);
  // The gateway still has them: asking it again brings nothing back.
  await page.call('conversation.loadOlder', { conversationId });
  expect(await here()).toEqual(['quagword1days', 'quagword60days']);
});

test('R004-10, X-1: an owner sees what a stricter rule would do, saves it, and it is done; a member sees it and cannot', async () => {
  await start();
  await expect.poll(async () => (await here()).length).toBe(5);
  const workspace = WorkspaceRetention.parse({ days: { log: 30 } });
  expect(await page.call('retention.preview', { workspace, device: null })).toMatchObject({
    messages: 4,
    conversations: 1,
    held: 0,
  });
  const { holdId } = await page.call('hold.save', {
    holdId: null,
    scope: { kind: 'conversation', conversationId },
    reason: 'a claim',
    reviewAt: NOW + 90 * DAY,
  });
  await expect.poll(async () => (await view()).holds.length).toBe(1);
  await page.call('retention.save', ruleOf({ log: 30 }));
  await expect.poll(async () => (await view()).workspace.days.log).toBe(30);
  expect(await page.call('retention.purge', {})).toEqual({ receipt: null });
  expect(await page.call('retention.preview', { workspace: null, device: null })).toMatchObject({
    messages: 0,
    held: 4,
  });
  await page.call('hold.release', { holdId });
  await expect.poll(here).toEqual(['quagword1days']);
  // A device may be stricter, never looser.
  const device = { days: { ...workspace.days, log: 40 }, mode: null, storage: null };
  expect(await page.refused('retention.device', { rule: device })).toMatchObject({ kind: 'forbidden' });
  expect(
    await page.call('retention.device', { rule: { ...device, days: { ...device.days, log: 7 } } }),
  ).toEqual({});
  await app.stop();
  await start();
  expect((await view()).device.days.log).toBe(7);
  await page.call('session.signOut', { discardUnsent: true });
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  await expect.poll(async () => (await view()).workspace.days.log).toBe(30);
  expect((await view()).mayEdit).toBe(false);
  expect(await page.refused('retention.save', ruleOf({}))).toMatchObject({ kind: 'forbidden' });
});

test('R000-1, R000-2: storage off keeps nothing of what was there and of what comes, through send, search, crash and restart; on again begins empty', async () => {
  await start();
  await expect.poll(async () => (await here()).length).toBe(5);
  await expect
    .poll(async () => (await readdir(path.join(place.userData, 'cache'))).includes('parley.db'))
    .toBe(true);
  await page.call('draft.save', { conversationId, draft: draftOf('quagworddraft kept over') });
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...ONEMSG, storage: 'off', effectiveAt: 0 });
  await expect.poll(async () => (await page.call('storage.get', {}).catch(() => null))?.mode).toBe('off');
  await online(page);
  await expect.poll(async () => (await here()).length).toBe(5);
  // Unsent things of the user live on until quit.
  expect((await page.call('conversation.get', { conversationId })).draft?.text).toBe(
    'quagworddraft kept over',
  );
  const receipts = (await view()).receipts;
  expect(receipts).toMatchObject([{ reason: 'storage_off', counts: { messages: 5 } }]);
  kit.inbound('491701', 'quagwordnew came later');
  await sendText(page, conversationId, 'quagwordsent by me');
  await expect.poll(async () => (await here()).length).toBe(7);
  // At the gateway: nothing else brings it back after the crash.
  await expect.poll(async () => (await page.connection()).unsent).toBe(0);
  const { hits } = await page.call('search.query', { text: 'quagwordnew', conversationId: null, limit: 5 });
  expect(hits).toHaveLength(1);
  const words = ['quagword1days', 'quagword60days', 'quagworddraft', 'quagwordnew', 'quagwordsent', '491701'];
  expect(
    (await readdir(path.join(place.userData, 'cache'))).filter((name) => name.startsWith('parley.db')),
  ).toEqual([]);
  expect(await rawHits(place.userData, words)).toEqual([]);
  await app.stop('SIGKILL');
  expect(await rawHits(place.userData, words)).toEqual([]);
  await start();
  await expect.poll(async () => (await here()).length).toBe(7);
  expect((await page.call('conversation.get', { conversationId })).draft).toBeNull();
  expect(
    (await readdir(path.join(place.userData, 'cache'))).filter((name) => name.startsWith('parley.db')),
  ).toEqual([]);
  expect(await rawHits(place.userData, words)).toEqual([]);
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...ONEMSG, effectiveAt: 0 });
  await expect.poll(async () => (await page.call('storage.get', {}).catch(() => null))?.mode).toBe('on');
  await online(page);
  expect((await readdir(path.join(place.userData, 'cache'))).includes('parley.db')).toBe(true);
});

test('R004-2: content and log are two settings: the text goes, the line with its time and status stays', async () => {
  await start();
  await expect.poll(async () => (await here()).length).toBe(5);
  await page.call('retention.save', ruleOf({ content: 30, log: 100 }));
  await expect.poll(here).toEqual(['quagword1days']);
  const { items } = await page.call('conversation.thread', {
    conversationId,
    before: null,
    after: null,
    limit: 50,
  });
  const blank = items.flatMap((item) =>
    item.type === 'message' && item.message.content.kind !== 'text' ? [item.message] : [],
  );
  expect(blank.map(({ sentAt }) => Math.round((NOW - sentAt) / DAY))).toEqual([91, 60]);
  expect(blank.every(({ direction }) => direction === 'in')).toBe(true);
  await expect.poll(async () => (await view()).receipts.length).toBeGreaterThan(0);
  const counts = (await view()).receipts.map((receipt) => receipt.counts);
  expect(counts.reduce((sum, { blanked }) => sum + blanked, 0)).toBe(2);
  expect(counts.reduce((sum, { messages }) => sum + messages, 0)).toBe(2);
  const { hits } = await page.call('search.query', {
    text: 'quagword60days',
    conversationId: null,
    limit: 5,
  });
  expect(hits).toEqual([]);
});

test('a purge that was killed in the middle goes on at the next start', async () => {
  await start();
  await expect.poll(async () => (await here()).length).toBe(5);
  for (let from = 0; from < 3_000; from += 1) {
    kit.inbound(String(500_000 + (from % 50)), `quagbulk${from}`, { at: NOW - 100 * DAY + from * 1000 });
  }
  const target = kit.gateway.store.log.ends(kit.ws).head;
  await expect
    .poll(async () => (await page.call('diagnostics.get', {})).cursor, { timeout: 120_000 })
    .toBe(target);
  await page.call('retention.save', ruleOf({ log: 90 }));
  await expect
    .poll(async () => (await page.call('diagnostics.get', {})).messages, { timeout: 90_000, interval: 2 })
    .toBeLessThan(2_900);
  await app.stop('SIGKILL');
  await start();
  await expect
    .poll(async () => (await page.call('diagnostics.get', {})).messages, { timeout: 90_000 })
    .toBe(2);
  await expect
    .poll(async () => (await view()).receipts.some(({ counts }) => counts.messages >= 3_000), {
      timeout: 90_000,
    })
    .toBe(true);
});

test('R004-7, X-2: a breach and the versions of the profile are kept; an older version changes nothing', async () => {
  await start();
  kit.gateway.store.rules.tellBreach(kit.ws, {
    id: newId(),
    knownAt: NOW - HOUR,
    toldAt: NOW,
    summary: 'a laptop was lost',
  });
  await expect.poll(async () => (await view()).breaches).toMatchObject([{ summary: 'a laptop was lost' }]);
  const before = (await view()).policy?.version ?? 0;
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...WASMS, effectiveAt: NOW + 20 * DAY, announcedAt: NOW });
  await expect.poll(async () => (await view()).versions.length).toBe(2);
  // Announced, not yet in force.
  expect((await view()).policy).toMatchObject({ id: 'onemsg', version: before });
  expect((await inbox(page)).length).toBe(1);
});

test('storage: what takes the space, a check, another index, a compaction', async () => {
  await start();
  expect(await page.call('storage.free', { target: 0, dry: true })).toEqual({ files: 0, bytes: 0 });
  await page.call('storage.pin', { conversationId, pinned: true });
  const storage = await page.call('storage.get', {});
  expect(storage.conversations).toMatchObject([{ conversationId, messages: 5, pinned: true }]);
  expect(storage.classes.find((each) => each.class === 'messages')).toMatchObject({ count: 5 });
  expect(await page.call('storage.check', {})).toMatchObject({ ok: true, problems: 0 });
  await page.call('storage.reindex', {});
  await expect
    .poll(async () => (await page.call('storage.get', {})).index)
    .toMatchObject({ indexed: 5, total: 5 });
  const { before, after } = await page.call('storage.compact', {});
  expect(after).toBeLessThanOrEqual(before);
});
