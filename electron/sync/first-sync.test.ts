import { expect, test } from 'vitest';
import { createFakeClock, settle } from '../../test/support/fake-clock.ts';
import { createMemoryCache } from '../../test/support/memory-cache.ts';
import { accepted, createScriptedGateway } from '../../test/support/scripted-socket.ts';
import { CONTACTS_PAGE, FIRST_PAGE, HISTORY_PAGE, isWhole, runFirstSync } from './first-sync.ts';
import { createLane } from './lane.ts';
import { RequestRefused } from './request.ts';

const policy = () => {
  const promised = { value: null, source: '' };
  const rights = Object.fromEntries(
    ['access', 'rectify', 'erase', 'port', 'restrict', 'object', 'withdraw'].map((right) => [
      right,
      'gateway',
    ]),
  );
  const numbers = Object.fromEntries(
    [
      'messageLogDays',
      'messageContentDays',
      'backupDays',
      'terminationDays',
      'requestDays',
      'breachHours',
      'minimumAge',
      'noticeDays',
    ].map((name) => [name, promised]),
  );
  return {
    id: 'p',
    name: 'p',
    version: 1,
    effectiveAt: 0,
    storage: 'on',
    ...numbers,
    minimumTls: '1.2',
    rights,
    rev: 0,
  };
};
const me = { id: 'u', name: 'U', email: 'u@x', role: 'agent', channelIds: null, disabled: false, rev: 0 };
const snapshot = {
  asOf: 7,
  workspace: { id: 'w', name: 'W' },
  me,
  users: [me],
  channels: [],
  labels: [],
  templates: [],
  policy: policy(),
  totals: { conversations: 3, messages: 9 },
};

/** A gateway with `pages` pages of each kind, all true at `asOf()`. Page cursors are '1', '2', … */
function arrange(pages: number, asOf: () => number = () => 7) {
  const clock = createFakeClock();
  const memory = createMemoryCache();
  memory.state.stage = 'snapshot';
  const gateway = createScriptedGateway();
  const asked: string[] = [];
  const page = (kind: string, empty: object) => (payload: unknown) => {
    const { cursor, limit } = payload as { cursor: string | null; limit: number };
    asked.push(`${kind} ${cursor} ${limit}`);
    const place = Number(cursor ?? 0) + 1;
    return accepted({ asOf: asOf(), ...empty, next: place < pages ? String(place) : null });
  };
  gateway.on('sync.snapshot', () => accepted(snapshot));
  gateway.on('sync.conversations', page('conversations', { items: [] }));
  gateway.on('sync.contacts', page('contacts', { contacts: [] }));
  gateway.on('sync.history', page('history', { messages: [], notes: [] }));
  const quiet = () => undefined;
  const socket = gateway.factory(
    { gateway: '', token: '', protocol: 1 },
    { hello: quiet, batch: quiet, ephemeral: quiet, goodbye: quiet, refused: quiet, closed: quiet },
  );
  const subscribed: number[] = [];
  const quarantined: number[] = [];
  let stopped = false;
  const run = () =>
    runFirstSync({
      cache: memory.cache,
      socket,
      lane: createLane(),
      clock,
      log: quiet,
      subscribe: async (cursor) => void subscribed.push(cursor),
      onChanges: quiet,
      onState: quiet,
      onQuarantined: (count) => quarantined.push(count),
      stopped: () => stopped,
    });
  const stop = () => {
    stopped = true;
  };
  return { clock, memory, gateway, asked, subscribed, quarantined, run, stop };
}

test('snapshot, then follow the log, then conversations with a small first page, then history', async () => {
  const { memory, asked, subscribed, run } = arrange(3);
  await run();
  expect(subscribed).toEqual([7]);
  expect(asked.slice(0, 2)).toEqual([`conversations null ${FIRST_PAGE}`, 'conversations 1 500']);
  expect(asked.slice(3)).toEqual(
    [0, 1, 2].map((place) => `history ${place === 0 ? null : place} ${HISTORY_PAGE}`),
  );
  expect(memory.pages).toEqual([
    'conversations:1',
    'conversations:2',
    'conversations:end',
    'history:1',
    'history:2',
    'history:end',
  ]);
  expect(memory.state.stage).toBe('done');
});

test('contacts without a conversation come between, and into a cache that is done', async () => {
  const { memory, asked, run } = arrange(2);
  memory.state.contacts = { done: false, next: null, count: 0 };
  await run();
  expect(memory.pages).toEqual(
    ['conversations', 'contacts', 'history'].flatMap((stage) => [`${stage}:1`, `${stage}:end`]),
  );
  Object.assign(memory.state, { stage: 'done', contacts: { done: false, next: '1', count: 1 } });
  asked.length = 0;
  await run();
  expect(asked).toEqual([`contacts 1 ${CONTACTS_PAGE}`]);
  expect(isWhole(memory.state)).toBe(true);
});

test('a gateway that has no pages of contacts is no reason to stop', async () => {
  const { memory, gateway, run } = arrange(1);
  Object.assign(memory.state, {
    stage: 'history',
    next: null,
    contacts: { done: false, next: null, count: 0 },
  });
  gateway.on('sync.contacts', () => ({
    ok: false,
    error: { kind: 'invalid', retry: 'never', afterMs: null, message: 'unknown request' },
  }));
  await run();
  expect(isWhole(memory.state)).toBe(true);
});

test('goes on where it was after a restart', async () => {
  const { memory, asked, subscribed, run } = arrange(5);
  Object.assign(memory.state, { stage: 'history', next: '3', cursor: 5 });
  await run();
  expect(subscribed).toEqual([5]);
  expect(asked).toEqual([`history 3 ${HISTORY_PAGE}`, `history 4 ${HISTORY_PAGE}`]);
});

test('asks for the next page while the one before is being written', async () => {
  const { memory, asked, run } = arrange(3);
  Object.assign(memory.state, { stage: 'history', next: null, cursor: 5 });
  const askedAtWrite: number[] = [];
  memory.before = async () => {
    await settle();
    askedAtWrite.push(asked.length);
  };
  await run();
  expect(askedAtWrite).toEqual([2, 3, 3]);
});

test('a stale page, and the one fetched ahead behind it, are asked for again', async () => {
  let asOf = 4;
  const { clock, memory, asked, run } = arrange(3, () => asOf);
  Object.assign(memory.state, { stage: 'history', next: null, cursor: 5 });
  const done = run();
  await clock.advance(0);
  expect(memory.pages).toEqual([]);
  asOf = 9;
  await clock.advance(1_000);
  await done;
  expect(memory.pages).toEqual(['history:1', 'history:2', 'history:end']);
  expect(asked.map((line) => line.split(' ')[1])).toEqual(['null', '1', 'null', '1', '2']);
});

test('a busy gateway is waited for, a refusal for good ends the connection', async () => {
  const { clock, memory, gateway, run } = arrange(1);
  const refuse = (retry: string, afterMs: number | null) => ({
    ok: false,
    error: { kind: 'unavailable', retry, afterMs, message: '' },
  });
  Object.assign(memory.state, { stage: 'history', next: null });
  let busy = 2;
  gateway.on('sync.history', () =>
    busy-- > 0 ? refuse('after', 5_000) : accepted({ asOf: 9, messages: [], notes: [], next: null }),
  );
  const done = run();
  await clock.advance(9_000);
  expect(memory.state.stage).toBe('history');
  await clock.advance(2_000);
  await done;
  expect(memory.state.stage).toBe('done');

  Object.assign(memory.state, { stage: 'history', next: null });
  gateway.on('sync.history', () => refuse('never', null));
  await expect(run()).rejects.toBeInstanceOf(RequestRefused);
});

test('items that do not fit are handed over to be kept aside; the rest of the page is applied', async () => {
  const { memory, gateway, quarantined, run } = arrange(1);
  Object.assign(memory.state, { stage: 'conversations', next: null });
  gateway.on('sync.conversations', () =>
    accepted({ asOf: 9, items: [{ conversation: { id: 7 } }, 'x', null], next: null }),
  );
  gateway.on('sync.history', () => accepted({ asOf: 9, messages: [{ id: 1 }], notes: [{}], next: null }));
  await run();
  expect(quarantined).toEqual([3, 2]);
  expect(memory.state.stage).toBe('done');
});

test('stopped: what was fetched is not applied', async () => {
  const { memory, gateway, run, stop } = arrange(3);
  Object.assign(memory.state, { stage: 'history', next: null });
  gateway.on('sync.history', () => {
    stop();
    return accepted({ asOf: 9, messages: [], notes: [], next: null });
  });
  await run();
  expect(memory.pages).toEqual([]);
});
