import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { connectSocketIo } from '../../../electron/sync/socket-io.ts';
import { hastyClock, openDesktop } from '../../support/desktop.ts';
import type { DesktopOptions, TestDesktop } from '../../support/desktop.ts';
import { PASSWORD, startKit } from '../../support/gateway-kit.ts';
import type { Kit } from '../../support/gateway-kit.ts';
import { expectSame, gatewayState } from '../../support/gateway-state.ts';
import { createRecordingProvider } from '../../support/recording-provider.ts';
import type { RecordingProvider } from '../../support/recording-provider.ts';
import { BAD_NETWORK, createFaultySockets } from '../../support/socket-faults.ts';
import type { FaultySockets } from '../../support/socket-faults.ts';
import { until } from '../../support/until.ts';

let provider: RecordingProvider;
let kit: Kit;
let folder: string;
let sockets: FaultySockets;
let desktop: TestDesktop | null = null;

beforeEach(async () => {
  provider = createRecordingProvider();
  kit = await startKit({ providers: [provider.factory] });
  folder = await mkdtemp(path.join(tmpdir(), 'parley-commands-'));
  sockets = createFaultySockets(connectSocketIo, Math.random, 20);
});

afterEach(async () => {
  await desktop?.close();
  desktop = null;
  await kit.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(changes: Partial<DesktopOptions> = {}): Promise<TestDesktop> {
  desktop = await openDesktop({
    folder,
    gateway: kit.gateway.url,
    email: kit.maya.email,
    password: PASSWORD,
    socketFactory: sockets.factory,
    clock: hastyClock(20),
    ...changes,
  });
  return desktop;
}

async function expectConverged(opened: TestDesktop): Promise<void> {
  const witness = await kit.connect(kit.maya);
  await opened.drained();
  // What the provider says of a message is another event: nothing more comes once nothing waits for it.
  await until('the cache is the same as the gateway', async () => {
    const { cursor } = await opened.cache.read.syncState();
    const { store } = kit.gateway;
    return store.outbound.heads(1).length === 0 && cursor === store.log.ends(kit.ws).head;
  });
  expectSame(await opened.cache.read.dump(), await gatewayState(witness));
}

test('what is written reaches the customer once, in order, and its ticks come back', async () => {
  const conversationId = kit.inbound('4911', 'Hello?');
  const opened = await open();
  await opened.online();
  for (const text of ['one', 'two', 'three']) await opened.send(conversationId, text);
  await until('the customer has it', () => provider.to('4911').length === 3, {
    seen: async () => [
      provider.sent,
      await opened.cache.read.outboxItems({ now: Date.now() }),
      opened.log,
      kit.gateway.store.outbound.heads(10),
    ],
  });
  expect(provider.to('4911')).toEqual(['one', 'two', 'three']);
  await expectConverged(opened);
  const { items } = await opened.cache.read.thread({ conversationId, before: null, limit: 10 });
  const statuses = items.map((item) =>
    item.type === 'message' ? (item.message.delivery?.status ?? null) : null,
  );
  expect(statuses).toEqual([null, 'sent', 'sent', 'sent']);
});

test('written without a network, over a restart, delivered once and in order', async () => {
  const first = kit.inbound('4911', 'Hello?');
  const second = kit.inbound('4922', 'Anybody?');
  const opened = await open();
  await opened.online();
  sockets.unplugged = true;
  sockets.cut();
  for (const text of ['one', 'two', 'three']) {
    await opened.send(first, text);
    await opened.send(second, `${text} too`);
  }
  await until('offline', () => opened.sync.connection.state === 'offline');
  expect(await opened.cache.read.unsentCount()).toBe(6);
  await opened.close();
  desktop = null;
  const again = await open();
  expect(await again.cache.read.unsentCount()).toBe(6);
  expect(provider.sent).toEqual([]);
  sockets.unplugged = false;
  again.sync.retryNow();
  await until('delivered', () => provider.sent.length === 6);
  expect(provider.to('4911')).toEqual(['one', 'two', 'three']);
  expect(provider.to('4922')).toEqual(['one too', 'two too', 'three too']);
  await expectConverged(again);
  expect(provider.sent).toHaveLength(6);
});

test('lost and doubled commands and answers, batches dropped, doubled and out of order, cuts: once and in order', async () => {
  const conversations = ['4911', '4922', '4933'].map((from) => ({ from, id: kit.inbound(from, 'Hello?') }));
  const opened = await open();
  await opened.online();
  sockets.faults = BAD_NETWORK;
  for (let round = 0; round < 15; round += 1) {
    for (const { from, id } of conversations) {
      await opened.send(id, `answer ${round}`);
      kit.inbound(from, `question ${round}`);
    }
  }
  await until('delivered', () => provider.sent.length >= 45, { limitMs: 60_000 });
  sockets.faults = { ...BAD_NETWORK, cut: 0, dropBatch: 0, dropCommand: 0, dropAnswer: 0 };
  await expectConverged(opened);
  for (const { from } of conversations) {
    expect(provider.to(from)).toEqual(Array.from({ length: 15 }, (_, round) => `answer ${round}`));
  }
});

test('one stuck conversation does not hold up another', async () => {
  const stuck = kit.inbound('4911', 'Hello?');
  const free = kit.inbound('4922', 'Hello?');
  const opened = await open();
  await opened.online();
  // Taken out of sight behind the desktop's back: the gateway refuses what is written there.
  sockets.faults = { ...sockets.faults, holdBatch: 1 };
  const supervisor = await kit.connect(kit.supervisor);
  const [assigned] = await Promise.all([
    supervisor.command('conversation.assign', { conversationId: stuck, assigneeId: kit.tom.id }),
    opened.send(stuck, 'too late').catch(() => 'gone already'),
    opened.send(free, 'in time'),
  ]);
  expect(assigned.ok).toBe(true);
  await until('the other one is delivered', () => provider.to('4922').length === 1);
});

test('a refusal is held for the user and does not block what comes after it', async () => {
  const conversationId = kit.inbound('4911', 'Long ago', { at: Date.now() - 48 * 3_600_000 });
  const opened = await open();
  await opened.online();
  const messageId = await opened.send(conversationId, 'the window has closed');
  await opened.enqueue({
    id: newId(),
    type: 'note.add',
    data: { conversationId, noteId: newId(), body: 'call instead', mentions: [] },
  });
  await until('it is held', async () => {
    const items = await opened.cache.read.outboxItems({ now: Date.now() });
    return items.some((item) => item.status.state === 'held' && item.status.error === 'window_closed');
  });
  await until('the note went through', async () => {
    const { notes } = await gatewayState(await kit.connect(kit.maya));
    return notes.some((note) => note.body === 'call instead');
  });
  expect(provider.sent).toEqual([]);
  const { items } = await opened.cache.read.thread({ conversationId, before: null, limit: 10 });
  const held = items.find((item) => item.type === 'message' && item.message.id === messageId);
  expect(held).toMatchObject({ outbox: { state: 'held' } });
});

test('discarded at the last moment: not sent', async () => {
  const conversationId = kit.inbound('4911', 'Hello?');
  const opened = await open();
  await opened.online();
  sockets.unplugged = true;
  sockets.cut();
  const messageId = await opened.send(conversationId, 'never mind');
  await until('offline', () => opened.sync.connection.state === 'offline');
  expect(await opened.cache.write.discardMessage({ conversationId, messageId })).not.toBe(null);
  await opened.send(conversationId, 'this one');
  sockets.unplugged = false;
  opened.sync.retryNow();
  await until('delivered', () => provider.sent.length === 1);
  await expectConverged(opened);
  expect(provider.to('4911')).toEqual(['this one']);
});

test('two desktops of one user: each sees what the other wrote, nobody twice', async () => {
  const conversationId = kit.inbound('4911', 'Hello?');
  const here = await open();
  const other = await openDesktop({
    folder: path.join(folder, 'second'),
    gateway: kit.gateway.url,
    email: kit.maya.email,
    password: PASSWORD,
  });
  try {
    await Promise.all([here.online(), other.online()]);
    await Promise.all([here.send(conversationId, 'from here'), other.send(conversationId, 'from there')]);
    await until('both are delivered', () => provider.sent.length === 2);
    await expectConverged(here);
    await expectConverged(other);
  } finally {
    await other.close();
  }
});
