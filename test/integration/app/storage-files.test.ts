/** Files on the disk and the limit for them: what was looked at longest ago goes first, what is kept offline stays, and what was told is what goes. */
import { randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NO_FILTER } from '../../../shared/domain/conversation-filter.ts';
import { mediaOf } from '../../../shared/domain/message-content.ts';
import { WorkspaceRetention } from '../../../shared/domain/retention.ts';
import { DAY } from '../../../shared/domain/time.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { signInAs, thread } from '../../support/page-steps.ts';
import { type RecordingProvider, createRecordingProvider } from '../../support/recording-provider.ts';
import { rawHits } from '../../support/raw-scan.ts';

const SIZE = 400_000;
/** What the encryption of a file adds, at most. */
const SEAL = 4_096;

let place: Awaited<ReturnType<typeof scratch>>;
let provider: RecordingProvider;
let kit: Kit;
let app: AppProcess;
let page: Page;

beforeEach(async () => {
  place = await scratch();
  provider = createRecordingProvider();
  kit = await startKit({ providers: [provider.factory] });
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

function picture(from: string, at = Date.now()): string {
  provider.files.set(`file-${from}`, { bytes: randomBytes(SIZE), mimeType: 'image/png' });
  const media = {
    id: `file-${from}`,
    mimeType: 'image/png',
    size: null,
    sha256: null,
    fileName: `${from}.png`,
  };
  return kit.inbound(from, '', { at, content: { kind: 'image', media, caption: `quagcaption${from}` } });
}

/** The picture of a conversation, fetched. */
async function load(conversationId: string): Promise<string> {
  let id = '';
  await expect
    .poll(async () => {
      const item = (await thread(page, conversationId)).find(({ type }) => type === 'message');
      if (item?.type !== 'message') return null;
      id = mediaOf(item.message.content)?.id ?? '';
      return page.call('media.load', { mediaId: id }).catch(() => null);
    })
    .toMatchObject({ size: SIZE });
  return id;
}

const isHere = async (id: string) =>
  (await fetch(`${app.origin}/media/${id}`, { headers: { cookie: page.cookie, origin: app.origin } })).ok;

function ruleOf(log: number) {
  const { updatedAt: _at, updatedBy: _by, rev: _rev, ...rule } = WorkspaceRetention.parse({ days: { log } });
  return { rule };
}

async function onDisk(): Promise<{ files: number; bytes: number }> {
  const folder = path.join(place.userData, 'media');
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (name) => (await stat(path.join(folder, name))).size),
  );
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

test('the preview is what is then freed; least recently used first; pinned conversations and views keep theirs', async () => {
  const [first, second, pinned, mine] = ['491', '492', '493', '494'].map(picture) as [
    string,
    string,
    string,
    string,
  ];
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
  const ids = [await load(first), await load(second), await load(pinned), await load(mine)] as const;
  await page.call('storage.pin', { conversationId: pinned, pinned: true });
  await page.call('conversations.apply', {
    conversationIds: [mine],
    action: { type: 'assign', assigneeId: kit.owner.id, teamId: null, note: null },
  });
  const { itemId } = await page.call('library.save', {
    itemId: null,
    scope: 'personal',
    content: {
      kind: 'saved_view',
      title: 'What I keep',
      filter: { ...NO_FILTER, status: ['open'], assignee: 'me' },
      sort: 'newest',
    },
  });
  const view = { kind: 'saved', id: itemId } as const;
  await page.call('storage.pinView', { view, pinned: true });
  expect((await page.call('storage.get', {})).views).toEqual([view]);
  // Looked at once more: now the second is the one that nobody has looked at for longest.
  await page.call('media.load', { mediaId: ids[0] });

  const before = await onDisk();
  expect(before.files).toBe(4);
  const target = 3 * SIZE + SEAL;
  const preview = await page.call('storage.free', { target, dry: true });
  expect(preview.files).toBe(1);
  expect(await onDisk()).toEqual(before);
  expect(await page.call('storage.free', { target, dry: false })).toEqual(preview);
  const after = await onDisk();
  expect(after.files).toBe(3);
  expect(before.bytes - after.bytes - preview.bytes).toBeGreaterThanOrEqual(0);
  expect(before.bytes - after.bytes - preview.bytes).toBeLessThan(SEAL);
  expect(await Promise.all(ids.map(isHere))).toEqual([true, false, true, true]);

  // A limit does the same by itself, and stops before what is kept.
  await page.call('storage.limit', { mediaLimit: 1_000_000 });
  await expect.poll(async () => (await onDisk()).files).toBe(2);
  expect(await Promise.all(ids.map(isHere))).toEqual([false, false, true, true]);
  expect(await page.call('storage.free', { target: 0, dry: true })).toEqual({ files: 0, bytes: 0 });
  // Let go of, the view keeps nothing any more.
  await page.call('storage.pinView', { view, pinned: false });
  expect(await page.call('storage.free', { target: 0, dry: true })).toMatchObject({ files: 1 });
});

test('R004-1: a day after day 90 nothing of a picture is found: not the file, not its words, not what was opened or saved of it', async () => {
  const old = picture('491', Date.now() - 91 * DAY);
  const young = picture('492', Date.now() - 89 * DAY);
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
  const [gone, stays] = [await load(old), await load(young)];
  expect((await onDisk()).files).toBe(2);
  const { rule } = ruleOf(90);
  await page.call('retention.save', { rule });
  await expect.poll(async () => (await onDisk()).files).toBe(1);
  await expect
    .poll(async () => (await page.call('retention.get', {})).receipts)
    .toMatchObject([{ counts: { messages: 1, files: 1 }, scan: { found: 0 } }]);
  expect([await isHere(gone), await isHere(stays)]).toEqual([false, true]);
  expect(await page.refused('media.load', { mediaId: gone })).toMatchObject({ kind: 'not_found' });
  for (const [text, hits] of [
    ['quagcaption491', 0],
    ['quagcaption492', 1],
  ] as const) {
    expect((await page.call('search.query', { text, conversationId: null, limit: 5 })).hits).toHaveLength(
      hits,
    );
  }
  // Asking the gateway, which still has it, brings nothing back.
  await page.call('conversation.loadOlder', { conversationId: old });
  expect((await thread(page, old)).filter(({ type }) => type === 'message')).toEqual([]);
  expect(await rawHits(place.userData, ['quagcaption491', '491.png'])).toEqual([]);
});

test('a check goes through every table and a compaction gives back, both told as they go on', async () => {
  picture('491');
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
  expect(await page.call('storage.check', {})).toEqual({ ok: true, problems: 0, cancelled: false });
  const told = () =>
    page.events.flatMap(({ event, data }) =>
      event === 'storage.task' ? [(data as { task: unknown }).task] : [],
    );
  const steps = told() as ({ kind: string; done: number; total: number } | null)[];
  expect(steps.at(0)).toMatchObject({ kind: 'check', done: 0 });
  expect(steps.at(-1)).toBeNull();
  const last = steps.at(-2);
  expect(last?.done).toBe(last?.total);
  expect(last?.total).toBeGreaterThan(20);
  expect(await page.call('storage.compact', {})).toMatchObject({ cancelled: false });
});
