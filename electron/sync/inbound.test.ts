import { expect, test } from 'vitest';
import { createFakeClock, settle } from '../../test/support/fake-clock.ts';
import { createMemoryCache } from '../../test/support/memory-cache.ts';
import { accepted, createScriptedGateway } from '../../test/support/scripted-socket.ts';
import { createInbound } from './inbound.ts';
import { createLane } from './lane.ts';

const event = (seq: number, type = 'conversation.changed') => ({ seq, at: 0, type, data: {} });

async function arrange(start = 0, head = 0) {
  const clock = createFakeClock();
  const memory = createMemoryCache();
  memory.state.cursor = start;
  const gateway = createScriptedGateway();
  gateway.on('subscribe', () => accepted({ head }));
  const told: string[] = [];
  const socket = gateway.factory(
    { gateway: '', token: '', protocol: 1 },
    {
      hello: () => undefined,
      batch: (raw, ack) => inbound.receive(raw, ack),
      ephemeral: () => undefined,
      goodbye: () => undefined,
      refused: () => undefined,
      closed: () => undefined,
    },
  );
  const inbound = createInbound({
    cache: memory.cache,
    socket,
    lane: createLane(),
    clock,
    log: () => undefined,
    onChanges: () => undefined,
    onProgress: (cursor, to) => told.push(`${cursor}/${to}`),
    onQuarantined: (count) => count > 0 && told.push(`quarantined ${count}`),
    onGranted: () => told.push('granted'),
    onArrivals: (arrivals) => told.push(...arrivals.map(({ type }) => `arrived ${type}`)),
    onRestart: () => told.push('restart'),
    onBroken: (error) => told.push(`broken ${String(error)}`),
  });
  await inbound.subscribe(start);
  const subscribes = () =>
    gateway.requests.filter(({ name }) => name === 'subscribe').map(({ payload }) => payload);
  return { clock, memory, gateway, inbound, told, subscribes };
}

test('batches are applied one after the other and acked with the new cursor only after the commit', async () => {
  const { memory, gateway } = await arrange();
  const order: string[] = [];
  let inside = 0;
  memory.before = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await settle();
    order.push('commit');
    inside -= 1;
  };
  const first = gateway.last.batch(0, 2, [event(1), event(2)]).then((cursor) => order.push(`ack ${cursor}`));
  const second = gateway.last.batch(2, 3, [event(3)]).then((cursor) => order.push(`ack ${cursor}`));
  await Promise.all([first, second]);
  expect(order).toEqual(['commit', 'ack 2', 'commit', 'ack 3']);
  expect(memory.events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('a batch seen before is acked and forgotten; one that overlaps brings what is new', async () => {
  const { memory, gateway } = await arrange(5);
  expect(await gateway.last.batch(3, 5, [event(4), event(5)])).toBe(5);
  expect(memory.log).toEqual([]);
  expect(await gateway.last.batch(3, 7, [event(4), event(6), event(7)])).toBe(7);
  expect(memory.events.map(({ seq }) => seq)).toEqual([6, 7]);
});

test('a gap is not applied, not acked, and asked for once, whatever else of the old subscription arrives', async () => {
  const { memory, gateway, subscribes, inbound } = await arrange(10);
  let acked = 0;
  for (const from of [20, 30, 40])
    void gateway.last.batch(from, from + 10, [event(from + 1)]).then(() => (acked += 1));
  await settle();
  expect(memory.log).toEqual([]);
  expect(acked).toBe(0);
  expect(subscribes()).toEqual([{ cursor: 10 }, { cursor: 10 }]);
  // The new subscription starts where we are.
  expect(await gateway.last.batch(10, 50, [event(11)])).toBe(50);
  expect(inbound.cursor).toBe(50);
});

test('gap after gap without progress slows down', async () => {
  const { gateway, subscribes, clock } = await arrange(1);
  for (let round = 0; round < 5; round += 1) {
    void gateway.last.batch(5, 6);
    await settle();
  }
  expect(subscribes()).toHaveLength(2);
  await clock.advance(1_000);
  expect(subscribes()).toHaveLength(3);
  void gateway.last.batch(5, 6);
  await clock.advance(1_999);
  expect(subscribes()).toHaveLength(3);
  await clock.advance(1);
  expect(subscribes()).toHaveLength(4);
});

test('the log is known to go further but nothing comes: ask again, ever more slowly', async () => {
  const { inbound, subscribes, clock, gateway } = await arrange(3, 3);
  await clock.advance(600_000);
  expect(subscribes()).toHaveLength(1);
  inbound.expect(4);
  await clock.advance(10_000);
  expect(subscribes()).toHaveLength(2);
  await clock.advance(19_999);
  expect(subscribes()).toHaveLength(2);
  await clock.advance(2_000);
  expect(subscribes().length).toBeGreaterThan(2);
  expect(await gateway.last.batch(3, 4)).toBe(4);
  const asked = subscribes().length;
  await clock.advance(600_000);
  expect(subscribes()).toHaveLength(asked);
});

test('what does not fit in a batch is counted; a batch that does not fit at all ends the connection', async () => {
  const { gateway, told } = await arrange();
  await gateway.last.batch(0, 3, [event(1), { nonsense: true }, event(3)]);
  expect(told).toContain('quarantined 1');
  for (const raw of [
    null,
    'x',
    { from: 3 },
    { from: 9, to: 4, head: 9, events: [] },
    { from: 3, to: 4, head: 4, events: 7 },
  ]) {
    const before = told.length;
    gateway.last.listener.batch(raw, () => told.push('acked'));
    await settle();
    expect(told.slice(before).join()).toMatch(/^broken /u);
  }
});

test('changed access starts a new first sync before anything is acked, so that a crash cannot forget it', async () => {
  const { memory, gateway, told } = await arrange(1);
  let acked = false;
  void gateway.last.batch(1, 3, [event(2), event(3, 'access.changed')]).then(() => (acked = true));
  await settle();
  expect(memory.log).toEqual(['restartSync']);
  expect(memory.state).toMatchObject({ stage: 'snapshot', cursor: 1 });
  expect(told).toContain('restart');
  expect(acked).toBe(false);
});

test('a granted conversation is told, so that its history is fetched', async () => {
  const { gateway, told } = await arrange();
  await gateway.last.batch(0, 1, [event(1, 'conversation.granted')]);
  expect(told).toContain('granted');
});

test('after stop nothing is applied, and what was being written is not acked', async () => {
  const { memory, gateway, inbound } = await arrange();
  let release: () => void = () => undefined;
  memory.before = () => new Promise<void>((resolve) => (release = resolve));
  const acks: number[] = [];
  void gateway.last.batch(0, 1, [event(1)]).then((cursor) => acks.push(cursor));
  void gateway.last.batch(1, 2, [event(2)]).then((cursor) => acks.push(cursor));
  await settle();
  inbound.stop();
  release();
  await settle();
  void gateway.last.batch(2, 3, [event(3)]).then((cursor) => acks.push(cursor));
  await settle();
  expect(memory.events.map(({ seq }) => seq)).toEqual([1]);
  expect(acks).toEqual([]);
});

test('a cache that refuses ends the connection', async () => {
  const { memory, gateway, told } = await arrange();
  memory.before = () => {
    throw new Error('disk full');
  };
  void gateway.last.batch(0, 1, [event(1)]);
  await settle();
  expect(told).toContain('broken Error: disk full');
});
