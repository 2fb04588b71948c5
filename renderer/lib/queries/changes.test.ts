import { QueryObserver } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ThreadPage } from '../../../shared/contract/rows.ts';
import { MemoryBridge } from '../bridge/memory/memory.ts';
import { createWorld } from '../bridge/memory/world.ts';
import { followChanges } from './changes.ts';
import { createQueryClient } from './client.ts';
import { keys } from './keys.ts';
import type { ListPage } from './list.ts';
import { listQuery, loadMore } from './list.ts';
import { itemId, loadOlder, PAGE, showNewest, threadQuery, trimThread } from './thread.ts';

const now = new Date(2026, 4, 20, 12).getTime();

let bridge: MemoryBridge;
let client: QueryClient;
let stop: () => void;
const stops: (() => void)[] = [];

beforeEach(() => {
  bridge = new MemoryBridge(createWorld(now, 250, 180));
  client = createQueryClient();
  stop = followChanges(bridge, client);
});
afterEach(() => {
  stop();
  for (const each of stops.splice(0)) each();
  client.clear();
});

/** Watches a thread as an open conversation does, and waits until it is there. */
async function openThread(conversationId: string): Promise<() => ThreadPage> {
  const observer = new QueryObserver(client, threadQuery(bridge, client, conversationId));
  stops.push(observer.subscribe(() => undefined));
  await expect.poll(() => observer.getCurrentResult().data).toBeDefined();
  return () => {
    const page = client.getQueryData<ThreadPage>(keys.thread(conversationId));
    if (page === undefined) throw new Error('the thread is gone');
    return page;
  };
}

const callsOf = (name: string): number => bridge.calls.filter((call) => call.name === name).length;

test('a thread opens with its newest page and grows at both ends without losing anything', async () => {
  const page = await openThread('c1');
  expect(page().items).toHaveLength(PAGE);
  expect(page().older).toBe('cache');
  await loadOlder(bridge, client, 'c1');
  expect(page().items).toHaveLength(2 * PAGE);
  const oldest = page().items[0];
  bridge.receive('c1', 'news', now + 1);
  await expect.poll(() => page().items).toHaveLength(2 * PAGE + 1);
  expect(page().items[0]).toBe(oldest);
  await loadOlder(bridge, client, 'c1');
  await loadOlder(bridge, client, 'c1');
  expect(page().items).toHaveLength(181);
  expect(page().older).toBe('none');
  const ids = page().items.map(itemId);
  expect(new Set(ids).size).toBe(181);
  expect(ids.toSorted()).toEqual(ids);
});

test('what arrives while the thread goes to another place is there afterwards', async () => {
  const page = await openThread('c1');
  const held: (() => void)[] = [];
  const call = bridge.call.bind(bridge);
  vi.spyOn(bridge, 'call').mockImplementation((name, input) => {
    const answer = call(name, input);
    return new Promise((resolve) => held.push(() => resolve(answer)));
  });
  const going = showNewest(bridge, client, 'c1');
  bridge.receive('c1', 'news', now + 1);
  await expect.poll(() => held).toHaveLength(2);
  held[0]?.();
  await going;
  await expect
    .poll(() => {
      for (const release of held) release();
      return page().items.at(-1);
    })
    .toMatchObject({ message: { content: { body: 'news' } } });
});

test('a thread that is left gives its older pages back', async () => {
  const page = await openThread('c1');
  await loadOlder(bridge, client, 'c1');
  await loadOlder(bridge, client, 'c1');
  trimThread(client, 'c1');
  expect(page().items).toHaveLength(PAGE);
  expect(page().older).toBe('cache');
});

test('only what a change names is read again', async () => {
  await openThread('c1');
  await openThread('c2');
  const before = callsOf('conversation.thread');
  bridge.receive('c2', 'hello', now + 1);
  await expect.poll(() => callsOf('conversation.thread')).toBe(before + 1);
  expect(bridge.calls.at(-1)?.name).not.toBe('inbox.views');
});

test('a list grows by pages and a conversation with news moves to its top, once', async () => {
  const observer = new QueryObserver(client, listQuery(bridge, client, { kind: 'all' }));
  stops.push(observer.subscribe(() => undefined));
  const list = (): ListPage | undefined => observer.getCurrentResult().data;
  await expect.poll(() => list()?.rows).toHaveLength(100);
  await loadMore(bridge, client, { kind: 'all' });
  await expect.poll(() => list()?.next).toBeNull();
  const all = list()?.rows.map((row) => row.conversation.id) ?? [];
  const last = all.at(-1);
  if (last === undefined) throw new Error('an empty list');
  bridge.receive(last, 'still there', now + 86_400_000);
  await expect.poll(() => list()?.rows[0]?.conversation.id).toBe(last);
  expect(
    list()
      ?.rows.map((row) => row.conversation.id)
      .toSorted(),
  ).toEqual(all.toSorted());
});

test('signing out leaves nothing of the workspace in memory', async () => {
  await openThread('c1');
  stops.splice(0).forEach((each) => each());
  client.setQueryData(keys.appState, { phase: 'ready' });
  bridge.setState({ phase: 'signed_out', prefill: null, gateway: null, reason: null, unsent: 0 });
  expect(
    client
      .getQueryCache()
      .getAll()
      .map((query) => query.queryKey[0]),
  ).toEqual(['app.state']);
});

test('after the main process was away everything is read again', async () => {
  await openThread('c1');
  const before = callsOf('conversation.thread');
  bridge.setLink('lost');
  bridge.setLink('open');
  await expect.poll(() => callsOf('conversation.thread')).toBe(before + 1);
});

test('a change of the directory reaches the details of an open conversation', async () => {
  const observer = new QueryObserver(client, {
    queryKey: keys.detail('c1'),
    queryFn: () => bridge.call('conversation.get', { conversationId: 'c1' }),
  });
  stops.push(observer.subscribe(() => undefined));
  await expect.poll(() => observer.getCurrentResult().data?.channel.health.state).toBe('connected');
  const channel = bridge.world.channels[0];
  if (channel === undefined) throw new Error('no channel');
  bridge.world.channels[0] = { ...channel, health: { ...channel.health, state: 'restricted' } };
  bridge.emit('changed', {
    conversations: [],
    contacts: [],
    lists: false,
    directory: true,
    outbox: false,
    everything: false,
  });
  await expect.poll(() => observer.getCurrentResult().data?.channel.health.state).toBe('restricted');
});
