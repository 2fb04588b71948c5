/**
 * What can be wrong with the cache file, each told apart, and what a rebuild brings back. The file is never deleted and nothing is done
 * before somebody asked for it.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openWriterConnection } from '../../electron/cache/connection.ts';
import { SCHEMA_VERSION } from '../../electron/cache/migrations/list.ts';
import { recoverCache } from '../../electron/cache/recover.ts';
import { newId } from '../../shared/domain/id.ts';
import {
  draftOf,
  KEY,
  WORKERS,
  contactOf,
  conversationOf,
  me,
  messageOf,
  openTestCache,
  sendCommand,
  session,
  snapshotAt,
  temporaryFolder,
} from '../support/cache-kit.ts';

const conversation = conversationOf();
const command = sendCommand(conversation, 'never sent');

const PHOTO_KEY = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
const photo = { id: 'photo', mimeType: 'image/png', size: 5, sha256: 'aa', fileName: 'photo.png' };
const draft = draftOf('half a sentence', { attachments: [{ media: photo, caption: 'look' }] });

/** A cache with 2,500 messages, one unsent message, one draft and a session, closed. */
async function makeCache(file: string): Promise<void> {
  const cache = await openTestCache(file);
  await cache.write.saveSession(session);
  await cache.write.applySnapshot(snapshotAt(10));
  const messages = Array.from({ length: 500 }, (_, index) =>
    messageOf(conversation, `message number ${index}`, { sentAt: index }),
  );
  const contact = contactOf({ id: conversation.contactId });
  await cache.write.applyPage({
    type: 'conversations',
    page: { asOf: 10, items: [{ conversation, contact, messages }], next: null },
  });
  await cache.write.enqueue({ command, me: me.id, now: 2_000 });
  await cache.write.stageMedia({
    media: photo,
    file: 'photo-file',
    key: PHOTO_KEY,
    size: 5,
    sha256: 'aa',
    now: 1,
  });
  await cache.write.saveDraft({ conversationId: conversation.id, draft, now: 1 });
  // What comes later lies at the end of the file, where a truncation bites.
  await cache.write.maintain({ budgetMs: 60_000 });
  const older = Array.from({ length: 2_000 }, (_, index) =>
    messageOf(conversation, `older ${'x'.repeat(200)}`, { sentAt: index }),
  );
  await cache.write.applyPage({
    type: 'history',
    page: { asOf: 10, messages: older, notes: [], activities: [], next: null },
  });
  await cache.close();
}

const kind = (expected: string) => expect.objectContaining({ name: 'CacheFailure', kind: expected });
const rightKey = { keyIsRight: true };

describe('told apart', () => {
  test('truncated, empty, zeros, garbage', async () => {
    using temporary = temporaryFolder();
    const { file } = temporary;
    await makeCache(file);
    const whole = readFileSync(file);
    const spoil: Record<string, () => void> = {
      'cut at a page': () => truncateSync(file, 4096 * 20),
      'cut inside a page': () => truncateSync(file, 4096 * 20 + 100),
      empty: () => truncateSync(file, 0),
      zeros: () => writeFileSync(file, Buffer.alloc(whole.length)),
      'zeros at the beginning': () =>
        writeFileSync(file, Buffer.concat([Buffer.alloc(4096), whole.subarray(4096)])),
      garbage: () => writeFileSync(file, Buffer.from(whole.map((byte, index) => byte ^ (index * 31 + 7)))),
    };
    for (const [name, act] of Object.entries(spoil)) {
      writeFileSync(file, whole);
      act();
      const before = readFileSync(file);
      const failed: unknown = await openTestCache(file, rightKey).catch((error: unknown) => error);
      expect({ name, failed }).toEqual({ name, failed: kind('damaged') });
      expect({ name, leftAsItWas: readFileSync(file).equals(before) }).toEqual({ name, leftAsItWas: true });
    }
  });

  test('damage in the middle shows when it is met, and is told', async () => {
    using temporary = temporaryFolder();
    const { file } = temporary;
    await makeCache(file);
    const bytes = readFileSync(file);
    // Everything but the first pages, so that opening succeeds or fails, but never lies.
    for (let at = 4096 * 12 + 50; at < bytes.length; at += 4096) bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const told: string[] = [];
    const reading = async (): Promise<void> => {
      const cache = await openTestCache(file, rightKey);
      cache.onFailure((failure) => told.push(failure.kind));
      try {
        await cache.read.dump();
      } finally {
        await cache.close();
      }
    };
    await expect(reading()).rejects.toEqual(kind('damaged'));
  });

  test('another key: wrong where the key may be, damaged where it is known to be right', async () => {
    using temporary = temporaryFolder();
    await makeCache(temporary.file);
    const other = Uint8Array.from(KEY).reverse();
    await expect(openTestCache(temporary.file, { key: other })).rejects.toEqual(kind('wrong_key'));
    await expect(openTestCache(temporary.file, { key: other, keyIsRight: true })).rejects.toEqual(
      kind('damaged'),
    );
  });

  test('written by a newer version', async () => {
    using temporary = temporaryFolder();
    await makeCache(temporary.file);
    const db = openWriterConnection({ file: temporary.file, key: KEY });
    db.pragma(`user_version = ${SCHEMA_VERSION + 5}`);
    db.close();
    await expect(openTestCache(temporary.file)).rejects.toEqual(kind('newer'));
  });

  test('open in this process already', async () => {
    using temporary = temporaryFolder();
    const first = await openTestCache(temporary.file);
    await expect(openTestCache(temporary.file)).rejects.toEqual(kind('in_use'));
    await first.close();
    const second = await openTestCache(temporary.file);
    await second.close();
  });

  test('open in another process, and free again once that was killed', async () => {
    using temporary = temporaryFolder();
    const kit = new URL('../support/cache-kit.ts', import.meta.url).href;
    const script = `const { openTestCache } = await import('${kit}'); await openTestCache(${JSON.stringify(temporary.file)}); process.stdout.write('open'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await expect(openTestCache(temporary.file)).rejects.toEqual(kind('in_use'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const cache = await openTestCache(temporary.file);
    await cache.close();
  });
});

describe('the disk', () => {
  test('a folder that cannot be written', async (context) => {
    using mounted = mount('size=16m');
    if (mounted.folder === null) return context.skip(mounted.reason);
    const file = path.join(mounted.folder, 'parley.db');
    await makeCache(file);
    mounted.makeReadOnly();
    await expect(openTestCache(file)).rejects.toEqual(kind('read_only'));
    await expect(openTestCache(path.join(mounted.folder, 'new.db'))).rejects.toEqual(kind('read_only'));
  });

  test('a full disk fails what is written, tells, and loses nothing that was kept', async (context) => {
    using mounted = mount('size=6m');
    if (mounted.folder === null) return context.skip(mounted.reason);
    const file = path.join(mounted.folder, 'parley.db');
    await makeCache(file);
    const cache = await openTestCache(file);
    const told: string[] = [];
    cache.onFailure((failure) => told.push(failure.kind));
    const kept: string[] = [];
    let stopped: unknown = null;
    for (let index = 0; index < 2_000 && stopped === null; index += 1) {
      const next = sendCommand(conversation, `${index} ${'x'.repeat(4_000)}`);
      try {
        await cache.write.enqueue({ command: next, me: me.id, now: 3_000 + index });
        kept.push(next.id);
      } catch (error) {
        stopped = error;
      }
    }
    expect(stopped).toEqual(kind('disk_full'));
    expect(told).toEqual(['disk_full']);
    expect(kept.length).toBeGreaterThan(0);
    await cache.close().catch(() => undefined);
    mounted.resize('size=32m');
    const again = await openTestCache(file, rightKey);
    const items = await again.read.outboxItems({ now: 1 });
    expect(items.map((item) => item.status.id)).toEqual(expect.arrayContaining([command.id, ...kept]));
    await again.close();
  });
});

async function markUnread(file: string): Promise<void> {
  const cache = await openTestCache(file);
  const data = { conversationId: conversation.id };
  const change = { id: newId(), type: 'conversation.unread', data } as const;
  await cache.write.enqueue({ command: change, me: me.id, now: 2_000 });
  await cache.close();
}

describe('a rebuild', () => {
  test('sets the file aside as it is and carries over what the user wrote', async () => {
    using temporary = temporaryFolder();
    const { file, folder } = temporary;
    await makeCache(file);
    await markUnread(file);
    truncateSync(file, statSync(file).size - 4096 * 10);
    const damaged = readFileSync(file);
    const report = await recoverCache({ file, key: KEY, workers: WORKERS });
    // What is counted is what was written; the change that waits is saved too.
    expect(report).toMatchObject({ outbox: 1, drafts: 1 });
    expect(readFileSync(path.join(folder, report.setAside)).equals(damaged)).toBe(true);
    const cache = await openTestCache(file);
    expect(await cache.read.session()).toEqual(session);
    expect(await cache.read.syncState()).toMatchObject({ stage: 'snapshot', cursor: 0 });
    expect((await cache.read.outboxItems({ now: 1 })).map((item) => [item.type, item.text])).toEqual([
      ['message.send', 'never sent'],
      ['conversation.unread', ''],
    ]);
    expect(await cache.read.unsentCount()).toBe(report.outbox);
    // The conversation comes back by a new first sync, with the message and the draft in it.
    await cache.write.applySnapshot(snapshotAt(20));
    const item = { conversation, contact: contactOf({ id: conversation.contactId }), messages: [] };
    await cache.write.applyPage({ type: 'conversations', page: { asOf: 20, items: [item], next: null } });
    const thread = await cache.read.thread({ conversationId: conversation.id, before: null, limit: 5 });
    expect(thread.items).toMatchObject([
      { message: { id: command.data.messageId }, outbox: { state: 'waiting' } },
    ]);
    expect((await cache.read.conversation({ id: conversation.id }))?.draft).toEqual(draft);
    expect(await cache.read.media({ id: photo.id })).toMatchObject({ media: photo, state: 'staged' });
    expect(await cache.read.mediaKey({ id: photo.id })).toMatchObject({ file: 'photo-file', key: PHOTO_KEY });
    await cache.close();
  });

  test('keeps the outbox also when everything behind the first pages is destroyed', async () => {
    using temporary = temporaryFolder();
    const { file } = temporary;
    await makeCache(file);
    const bytes = readFileSync(file);
    for (const share of [0.7, 0.4]) {
      const spoiled = Buffer.from(bytes);
      spoiled.fill(0xa5, Math.floor((bytes.length * share) / 4096) * 4096);
      writeFileSync(file, spoiled);
      const report = await recoverCache({ file, key: KEY, workers: WORKERS });
      expect({ share, ...report }).toMatchObject({ share, outbox: 1, drafts: 1 });
    }
  });

  test('of a newer file keeps its outbox too', async () => {
    using temporary = temporaryFolder();
    await makeCache(temporary.file);
    const db = openWriterConnection({ file: temporary.file, key: KEY });
    db.exec("ALTER TABLE outbox ADD COLUMN mood TEXT DEFAULT 'fine'");
    db.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    db.close();
    const report = await recoverCache({ file: temporary.file, key: KEY, workers: WORKERS });
    expect(report).toMatchObject({ outbox: 1, drafts: 1 });
  });

  test('of something unreadable saves nothing, says so, and deletes nothing', async () => {
    using temporary = temporaryFolder();
    writeFileSync(temporary.file, Buffer.alloc(8192, 'not a database '));
    const report = await recoverCache({ file: temporary.file, key: KEY, workers: WORKERS });
    expect(report).toMatchObject({ outbox: 0, drafts: 0 });
    expect(readdirSync(temporary.folder)).toContain(report.setAside);
    const cache = await openTestCache(temporary.file);
    await cache.close();
  });

  test('is refused while the cache is open', async () => {
    using temporary = temporaryFolder();
    const cache = await openTestCache(temporary.file);
    await expect(recoverCache({ file: temporary.file, key: KEY, workers: WORKERS })).rejects.toEqual(
      kind('in_use'),
    );
    await cache.close();
  });
});

type Mounted = {
  folder: string | null;
  reason: string;
  makeReadOnly(): void;
  resize(option: string): void;
  [Symbol.dispose](): void;
};

/** A small disk of its own, where the test may mount one. */
function mount(options: string): Mounted {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-disk-'));
  const run = (...args: string[]): void => void execFileSync('mount', args, { stdio: 'ignore' });
  try {
    run('-t', 'tmpfs', '-o', options, 'tmpfs', folder);
  } catch {
    rmSync(folder, { recursive: true });
    const nothing = (): void => undefined;
    return {
      folder: null,
      reason: 'mounting a disk needs root on Linux',
      makeReadOnly: nothing,
      resize: nothing,
      [Symbol.dispose]: nothing,
    };
  }
  return {
    folder,
    reason: '',
    makeReadOnly: () => run('-o', 'remount,ro', folder),
    resize: (option) => run('-o', `remount,${option}`, folder),
    [Symbol.dispose]() {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
