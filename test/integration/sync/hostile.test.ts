/** What the reference gateway would never send, from a stand-in over real sockets, into the real cache. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hastyClock, openDesktop } from '../../support/desktop.ts';
import type { TestDesktop } from '../../support/desktop.ts';
import { Refused, startStandIn } from '../../support/stand-in-gateway.ts';
import type { StandIn } from '../../support/stand-in-gateway.ts';
import { until } from '../../support/until.ts';

let folder: string;
let standIn: StandIn;
let desktop: TestDesktop;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parley-hostile-'));
  standIn = await startStandIn();
  desktop = await openDesktop({
    folder,
    gateway: standIn.url,
    email: 'x@test.example',
    password: 'x',
    clock: hastyClock(20),
  });
  await desktop.online();
});

afterEach(async () => {
  await desktop.close();
  await standIn.close();
  await rm(folder, { recursive: true, force: true });
});

const label = (seq: number, name: string) => ({
  seq,
  at: 1,
  type: 'label.changed',
  data: { label: { id: `label-${seq}`, name, colour: 'red', deleted: false, rev: seq } },
});
const cursor = async () => (await desktop.cache.read.syncState()).cursor;

test('events that do not fit are set aside, the rest of their batch is applied, the log goes on', async () => {
  const acked = await standIn.batch({
    from: 0,
    to: 6,
    head: 6,
    events: [
      label(1, 'good'),
      { seq: 2, at: 1, type: 'label.changed', data: { label: { id: 7 } } },
      { seq: 3, at: 1, type: 'comet.sighted', data: { tail: 'long' } },
      null,
      'words',
      { ...label(6, 'also good'), extra: 'field' },
    ],
  });
  expect(acked).toBe(6);
  const { labels } = await desktop.cache.read.directory();
  expect(labels.map(({ name }) => name).sort()).toEqual(['also good', 'good']);
  expect((await desktop.cache.read.diagnostics()).quarantined).toBe(4);
  expect(desktop.sync.counters.quarantined).toBe(4);
  expect(await standIn.batch({ from: 6, to: 7, head: 7, events: [label(7, 'next')] })).toBe(7);
});

test('deep, huge, strange: kept aside, never fatal', async () => {
  let deep: unknown = 'bottom';
  for (let depth = 0; depth < 2_000; depth += 1) deep = [deep];
  const hostile = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}') as object;
  const acked = await standIn.batch({
    from: 0,
    to: 5,
    head: 5,
    events: [
      { seq: 1, at: 1, type: 'label.changed', data: deep },
      { seq: 2, at: 1, type: 'label.changed', data: { label: 'x'.repeat(300_000) } },
      { seq: 3, at: 1, type: '__proto__', data: hostile },
      { seq: 4, at: 1, type: 'toString', data: hostile },
      label(5, 'lone surrogate \ud800 and \u0000'),
    ],
  });
  expect(acked).toBe(5);
  expect((await desktop.cache.read.diagnostics()).quarantined).toBe(4);
  expect(({} as { admin?: boolean }).admin).toBe(undefined);
  expect(desktop.sync.connection.state).toBe('online');
});

test('a batch that is not one ends the connection; the next one goes on from the cursor', async () => {
  expect(await standIn.batch({ from: 0, to: 1, head: 1, events: [label(1, 'good')] })).toBe(1);
  standIn.answers['subscribe'] = () => ({ head: 1 });
  const before = standIn.handshakes;
  void standIn.batch({ from: 'one', to: 2, head: 2, events: [] });
  await until('it connects again', () => standIn.handshakes > before);
  await desktop.online();
  expect(standIn.subscribes.at(-1)).toEqual({ cursor: 1 });
  expect(await cursor()).toBe(1);
});

test('a gap is asked for, not guessed; the same batch twice changes nothing', async () => {
  void standIn.batch({ from: 5, to: 6, head: 6, events: [label(6, 'too early')] });
  await until('it asks again', () => standIn.subscribes.length === 2);
  expect(await cursor()).toBe(0);
  const batch = { from: 0, to: 6, head: 6, events: [label(6, 'in time')] };
  expect(await standIn.batch(batch)).toBe(6);
  expect(await standIn.batch(batch)).toBe(6);
  expect((await desktop.cache.read.directory()).labels.map(({ name }) => name)).toEqual(['in time']);
});

test('a cursor that the gateway does not know starts a new first sync', async () => {
  expect(await standIn.batch({ from: 0, to: 9, head: 9, events: [label(9, 'old')] })).toBe(9);
  standIn.answers['subscribe'] = (request) =>
    (request as { cursor: number }).cursor === 9 ? new Refused('conflict') : { head: 0 };
  const before = standIn.subscribes.length;
  desktop.sync.suspend();
  desktop.sync.resume();
  await until('it follows the new log', () => standIn.subscribes.length === before + 2);
  await desktop.online();
  expect(standIn.subscribes.slice(before)).toEqual([{ cursor: 9 }, { cursor: 0 }]);
  expect(await cursor()).toBe(0);
});

test('items of a page that do not fit are set aside too, and the first sync comes to its end', async () => {
  standIn.answers['sync.conversations'] = () => ({
    asOf: 1_000,
    items: [{ conversation: 'none' }, 7],
    next: null,
  });
  standIn.answers['sync.history'] = () => ({ asOf: 1_000, messages: [{ id: 'm' }], notes: [[]], next: null });
  await desktop.cache.write.restartSync();
  desktop.sync.suspend();
  desktop.sync.resume();
  await until('it is counted', () => desktop.sync.counters.quarantined === 4);
  await desktop.online();
  expect((await desktop.cache.read.diagnostics()).quarantined).toBe(4);
});
