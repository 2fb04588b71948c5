/**
 * Invariant: what the cache said it kept is there after the process was killed, once, and the file is whole. What it did not say may be
 * there or not, but never in part: a message of a batch is there exactly when the cursor is past it, and everything in the outbox is shown.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openWriterConnection } from '../../electron/cache/connection.ts';
import type { CrashAt, CrashPoint } from '../../electron/cache/crash-points.ts';
import type { KillLine, KillTask } from '../support/cache-kill-child.ts';
import {
  KEY,
  contactOf,
  conversationOf,
  openTestCache,
  session,
  snapshotAt,
  temporaryFolder,
} from '../support/cache-kit.ts';

const conversation = conversationOf();
const CHILD = new URL('../support/cache-kill-child.ts', import.meta.url).pathname;

async function prepare(file: string): Promise<void> {
  const cache = await openTestCache(file);
  await cache.write.saveSession(session);
  await cache.write.applySnapshot(snapshotAt(0));
  const item = {
    conversation: { ...conversation, rev: 0 },
    contact: contactOf({ id: conversation.contactId }),
    messages: [],
  };
  await cache.write.applyPage({ type: 'conversations', page: { asOf: 0, items: [item], next: null } });
  await cache.write.applyPage({
    type: 'history',
    page: { asOf: 0, messages: [], notes: [], activities: [], next: null },
  });
  await cache.close();
}

type Said = { kept: string[]; arrived: string[]; cursor: number };

/** Runs the child until it has said `lines` things (then it is killed) or dies at its crash point. */
async function run(task: KillTask, lines: number, said: Said): Promise<void> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let count = 0;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as KillLine;
    if ('kept' in line) said.kept.push(line.kept);
    else {
      said.cursor = line.cursor;
      said.arrived.push(...line.ids);
    }
    count += 1;
    if (count === lines) child.kill('SIGKILL');
  }
  const [, signal] = (await exited) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

async function check(file: string, said: Said): Promise<void> {
  const cache = await openTestCache(file);
  const { messages } = await cache.read.dump();
  const items = await cache.read.outboxItems({ now: 1 });
  const { cursor } = await cache.read.syncState();
  await cache.close();
  const ids = messages.map((message) => message.id);
  expect(new Set(ids).size).toBe(ids.length);
  const outgoing = messages.filter((message) => message.direction === 'out').map((message) => message.id);
  const incoming = messages.filter((message) => message.direction === 'in');
  expect(said.kept.filter((id) => !outgoing.includes(id))).toEqual([]);
  expect(said.arrived.filter((id) => !ids.includes(id))).toEqual([]);
  expect(outgoing).toHaveLength(items.length);
  expect(cursor).toBeGreaterThanOrEqual(said.cursor);
  expect(incoming.map((message) => message.rev).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: cursor }, (_, index) => index + 1),
  );
  const db = openWriterConnection({ file, key: KEY });
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
}

test('killed at any time while sending and receiving', async () => {
  using temporary = temporaryFolder();
  await prepare(temporary.file);
  const said: Said = { kept: [], arrived: [], cursor: 0 };
  for (let round = 0; round < 5; round += 1) {
    const task: KillTask = { file: temporary.file, conversation, crashAt: null };
    await run(task, 10 + round * 37, said);
    await check(temporary.file, said);
  }
  expect(said.kept.length).toBeGreaterThan(0);
  expect(said.arrived.length).toBeGreaterThan(0);
});

const points: CrashPoint[] = ['before_commit', 'after_commit', 'middle_of_batch'];

test.for(points)('dying by itself: %s', async (point) => {
  using temporary = temporaryFolder();
  await prepare(temporary.file);
  const said: Said = { kept: [], arrived: [], cursor: 0 };
  for (const after of [3, 17]) {
    const crashAt: CrashAt = { point, after };
    await run({ file: temporary.file, conversation, crashAt }, Infinity, said);
    await check(temporary.file, said);
  }
  expect(said.kept.length + said.arrived.length).toBeGreaterThan(0);
});
