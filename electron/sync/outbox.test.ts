import { expect, test } from 'vitest';
import type { Command } from '../../shared/protocol/commands.ts';
import { createFakeClock, settle } from '../../test/support/fake-clock.ts';
import { createMemoryCache } from '../../test/support/memory-cache.ts';
import { createOutbox, WINDOW } from './outbox.ts';
import { RequestFailure } from './ports.ts';
import type { SyncSocket } from './ports.ts';

function send(id: string, conversationId: string): Command {
  return { id, type: 'conversation.unread', data: { conversationId } };
}

/** An outbox over a socket whose answers the test gives by hand. */
function arrange() {
  const clock = createFakeClock();
  const memory = createMemoryCache();
  const emitted: string[] = [];
  const pending = new Map<string, { resolve: (raw: unknown) => void; reject: (error: Error) => void }>();
  const broken: unknown[] = [];
  const uploads: string[] = [];
  const carried = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  const seqs: number[] = [];
  const socket: SyncSocket = {
    request(_name, payload) {
      const { id } = payload as { id: string };
      emitted.push(id);
      return new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
    },
    signal: () => undefined,
    close: () => undefined,
  };
  const refusals: [string, string][] = [];
  const outbox = createOutbox({
    cache: memory.cache,
    clock,
    random: () => 0,
    log: () => undefined,
    onChanges: () => undefined,
    me: 'me',
    upload(id) {
      uploads.push(id);
      return new Promise((resolve, reject) => {
        carried.set(id, { resolve, reject });
      });
    },
    onSeq: (seq) => seqs.push(seq),
    onRefused: (command, error) => refusals.push([command.id, error.kind]),
    onBroken: (error) => broken.push(error),
  });
  return {
    clock,
    memory,
    outbox,
    socket,
    emitted,
    broken,
    uploads,
    carried,
    seqs,
    refusals,
    ack: (id: string, seq = 1) => pending.get(id)?.resolve({ id, ok: true, seq }),
    refuse: (id: string, retry: string, afterMs: number | null = null, kind = 'unavailable') =>
      pending.get(id)?.resolve({ id, ok: false, error: { kind, retry, afterMs, message: '' } }),
    fail: (id: string, kind: 'timeout' | 'closed') => pending.get(id)?.reject(new RequestFailure(kind)),
    answer: (id: string, raw: unknown) => pending.get(id)?.resolve(raw),
    states: () => memory.rows.map((row) => `${row.command.id}:${row.state}`),
  };
}

test('within a conversation the next waits for the answer to the one before; conversations do not wait for each other', async () => {
  const { memory, outbox, socket, emitted, ack, states } = arrange();
  for (const id of ['a1', 'a2', 'a3']) memory.enqueue(send(id, 'a'));
  memory.enqueue(send('b1', 'b'));
  outbox.attach(socket);
  await settle();
  expect(emitted).toEqual(['a1', 'b1']);
  ack('a1');
  await settle();
  expect(emitted).toEqual(['a1', 'b1', 'a2']);
  ack('a2');
  await settle();
  ack('a3');
  await settle();
  expect(states()).toEqual(['a1:sent', 'a2:sent', 'a3:sent', 'b1:sending']);
});

test('a command is marked before it is emitted, and what died under way waits again before anything is sent', async () => {
  const { memory, outbox, socket, emitted } = arrange();
  memory.enqueue(send('a1', 'a'));
  memory.rows[0]!.state = 'sending';
  memory.before = (name) => {
    if (name === 'markSending') expect(emitted).toEqual([]);
  };
  outbox.attach(socket);
  await settle();
  expect(memory.log).toEqual(['resetSending', 'markSending a1']);
  expect(emitted).toEqual(['a1']);
});

test('what is discarded between the look and the mark is not sent', async () => {
  const { memory, outbox, socket, emitted } = arrange();
  for (const id of ['a1', 'a2']) memory.enqueue(send(id, 'a'));
  memory.before = (name) => {
    if (name === 'markSending' && memory.rows[0]?.command.id === 'a1') memory.rows.shift();
  };
  outbox.attach(socket);
  await settle();
  expect(emitted).toEqual(['a2']);
});

test('a kick wakes it at once', async () => {
  const { memory, outbox, socket, emitted } = arrange();
  outbox.attach(socket);
  await settle();
  memory.enqueue(send('a1', 'a'));
  outbox.kick();
  await settle();
  expect(emitted).toEqual(['a1']);
});

test('at most the window is under way, and freed places are filled', async () => {
  const { memory, outbox, socket, emitted, ack } = arrange();
  for (let index = 0; index < WINDOW + 5; index += 1) memory.enqueue(send(`m${index}`, `c${index}`));
  outbox.attach(socket);
  await settle();
  expect(emitted).toHaveLength(WINDOW);
  ack('m0');
  ack('m1');
  await settle();
  expect(emitted).toHaveLength(WINDOW + 2);
});

test('answers that arrive while one is being written are settled together', async () => {
  const { memory, outbox, socket, ack } = arrange();
  for (let index = 0; index < 8; index += 1) memory.enqueue(send(`m${index}`, `c${index}`));
  outbox.attach(socket);
  await settle();
  let release: () => void = () => undefined;
  memory.before = (name) =>
    name === 'settle' ? new Promise<void>((resolve) => (release = resolve)) : undefined;
  ack('m0');
  await settle();
  for (let index = 1; index < 8; index += 1) ack(`m${index}`);
  memory.before = () => undefined;
  release();
  await settle();
  const settled = memory.log.filter((line) => line.startsWith('settle '));
  expect(settled).toEqual([
    'settle m0:acked',
    `settle ${[1, 2, 3, 4, 5, 6, 7].map((index) => `m${index}:acked`).join(',')}`,
  ]);
});

test('never: held and out of the way. now: again at once. after: not before its time', async () => {
  const { memory, outbox, socket, emitted, refuse, refusals, clock, states } = arrange();
  memory.enqueue(send('a1', 'a'));
  memory.enqueue(send('b1', 'b'));
  memory.enqueue(send('c1', 'c'));
  outbox.attach(socket);
  await settle();
  refuse('a1', 'never', null, 'window_closed');
  refuse('b1', 'now');
  refuse('c1', 'after', 5_000);
  await settle();
  expect(states()).toEqual(['a1:held', 'b1:sending', 'c1:waiting']);
  expect(refusals).toEqual([['a1', 'window_closed']]);
  expect(emitted).toEqual(['a1', 'b1', 'c1', 'b1']);
  await clock.advance(4_999);
  expect(emitted).toHaveLength(4);
  await clock.advance(1);
  expect(emitted.at(-1)).toBe('c1');
});

test('"now" is believed only so often', async () => {
  const { memory, outbox, socket, emitted, refuse, clock } = arrange();
  memory.enqueue(send('a1', 'a'));
  outbox.attach(socket);
  await settle();
  for (let round = 0; round < 10; round += 1) {
    refuse('a1', 'now');
    await settle();
  }
  expect(emitted.length).toBeLessThan(6);
  await clock.advance(60_000);
  expect(emitted.length).toBeGreaterThan(4);
});

test('too many commands: everything waits, not only the one that was told so', async () => {
  const { memory, outbox, socket, emitted, refuse, clock } = arrange();
  memory.enqueue(send('a1', 'a'));
  outbox.attach(socket);
  await settle();
  refuse('a1', 'after', 3_000, 'rate_limited');
  await settle();
  memory.enqueue(send('b1', 'b'));
  outbox.kick();
  await settle();
  expect(emitted).toEqual(['a1']);
  await clock.advance(3_000);
  expect(emitted).toEqual(['a1', 'a1', 'b1']);
});

test('no answer in time, and an answer that makes no sense: the same id again, later', async () => {
  const { memory, outbox, socket, emitted, fail, answer, clock } = arrange();
  memory.enqueue(send('a1', 'a'));
  memory.enqueue(send('b1', 'b'));
  memory.enqueue(send('c1', 'c'));
  outbox.attach(socket);
  await settle();
  fail('a1', 'timeout');
  answer('b1', { hello: 'world' });
  answer('c1', { id: 'another', ok: true, seq: 3 });
  await settle();
  expect(memory.rows.map((row) => row.state)).toEqual(['waiting', 'waiting', 'waiting']);
  await clock.advance(1_000);
  expect(emitted).toEqual(['a1', 'b1', 'c1', 'a1', 'b1', 'c1']);
});

test('after a cut everything under way is sent again in order, under the same ids', async () => {
  const { memory, outbox, socket, emitted, fail, ack, states } = arrange();
  memory.enqueue(send('a1', 'a'));
  memory.enqueue(send('a2', 'a'));
  memory.enqueue(send('b1', 'b'));
  outbox.attach(socket);
  await settle();
  ack('b1');
  await settle();
  fail('a1', 'closed');
  await outbox.detach();
  expect(states()).toEqual(['a1:waiting', 'a2:waiting', 'b1:sent']);
  outbox.kick();
  await settle();
  expect(emitted).toEqual(['a1', 'b1']);
  outbox.attach(socket);
  await settle();
  expect(emitted).toEqual(['a1', 'b1', 'a1']);
});

test('an answer over an old socket is not settled: the new socket brings the same one', async () => {
  const { memory, outbox, socket, ack, emitted } = arrange();
  memory.enqueue(send('a1', 'a'));
  outbox.attach(socket);
  await settle();
  const late = () => ack('a1');
  const detached = outbox.detach();
  late();
  await detached;
  expect(memory.log.filter((line) => line.startsWith('settle'))).toEqual([]);
  outbox.attach(socket);
  await settle();
  expect(emitted).toEqual(['a1', 'a1']);
});

test('an answer that is being written while the connection goes is kept', async () => {
  const { memory, outbox, socket, ack, states, seqs } = arrange();
  memory.enqueue(send('a1', 'a'));
  outbox.attach(socket);
  await settle();
  let release: () => void = () => undefined;
  memory.before = (name) =>
    name === 'settle' ? new Promise<void>((resolve) => (release = resolve)) : undefined;
  ack('a1', 42);
  await settle();
  const detached = outbox.detach();
  release();
  await detached;
  expect(states()).toEqual(['a1:sent']);
  expect(seqs).toEqual([42]);
});

test('a cache that refuses ends the connection instead of going on', async () => {
  const { memory, outbox, socket, broken, emitted } = arrange();
  memory.enqueue(send('a1', 'a'));
  memory.before = (name) => {
    if (name === 'markSending') throw new Error('disk full');
  };
  outbox.attach(socket);
  await settle();
  expect(broken).toHaveLength(1);
  expect(emitted).toEqual([]);
});

test('a message that may not go is held, and the next of its conversation goes', async () => {
  const { memory, outbox, socket, emitted, states } = arrange();
  const data = { conversationId: 'a', content: { kind: 'text' as const, body: 'x' }, quotedMessageId: null };
  memory.enqueue({ id: 'a1', type: 'message.send', data: { ...data, messageId: 'm1' } });
  memory.enqueue(send('a2', 'a'));
  memory.facts.push({ id: 'a1', contact: { blocked: true } } as never);
  outbox.attach(socket);
  await settle();
  expect(emitted).toEqual(['a2']);
  expect(states()).toEqual(['a1:held', 'a2:sending']);
  expect(memory.log).toContain('hold a1:blocked');
});

test('while a file is under way others go; its message goes when it is there', async () => {
  const { memory, outbox, socket, emitted, uploads, carried } = arrange();
  const media = { id: 'f', mimeType: 'image/png', size: 1, sha256: 'x', fileName: null };
  const content = { kind: 'image' as const, media, caption: null };
  const data = { conversationId: 'a', messageId: 'm1', content, quotedMessageId: null };
  memory.enqueue({ id: 'a1', type: 'message.send', data });
  memory.enqueue(send('a2', 'a'));
  memory.enqueue(send('b1', 'b'));
  memory.media.set('f', { media, messageId: null, state: 'staged', file: 'x' });
  outbox.attach(socket);
  await settle();
  // In its conversation the order is kept.
  expect([uploads, emitted]).toEqual([['f'], ['b1']]);
  memory.media.set('f', { media, messageId: null, state: 'local', file: 'x' });
  carried.get('f')?.resolve();
  await settle();
  expect(emitted).toEqual(['b1', 'a1']);
});
