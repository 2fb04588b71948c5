import { expect, test } from 'vitest';
import { createFakeClock, settle } from '../../test/support/fake-clock.ts';
import { createMemoryCache } from '../../test/support/memory-cache.ts';
import { accepted, createScriptedGateway } from '../../test/support/scripted-socket.ts';
import { createHistory } from './history.ts';
import { createLane } from './lane.ts';

type Request = { conversationId: string; cursor: string | null; limit: number };

function arrange(incomplete: { conversationId: string; next: string | null }[]) {
  const clock = createFakeClock();
  const memory = createMemoryCache();
  memory.incomplete = incomplete;
  const gateway = createScriptedGateway();
  const quiet = () => undefined;
  const socket = gateway.factory(
    { gateway: '', token: '', protocol: 1 },
    { hello: quiet, batch: quiet, ephemeral: quiet, goodbye: quiet, refused: quiet, closed: quiet },
  );
  let stopped = false;
  const history = createHistory({
    cache: memory.cache,
    socket,
    lane: createLane(),
    clock,
    log: quiet,
    onChanges: quiet,
    onQuarantined: quiet,
    stopped: () => stopped,
  });
  const asked = () =>
    gateway.requests.map(({ payload }) => {
      const { conversationId, cursor } = payload as Request;
      return `${conversationId} ${cursor}`;
    });
  return { clock, memory, gateway, history, asked, stop: () => (stopped = true) };
}

const page = (next: string | null, asOf = 0) => accepted({ asOf, messages: [], notes: [], next });
const refusal = (retry: string) => ({
  ok: false,
  error: { kind: 'not_found', retry, afterMs: null, message: '' },
});

test('fetches what is incomplete, one page and one conversation after the other, until nothing is', async () => {
  const { gateway, history, memory, asked } = arrange([
    { conversationId: 'a', next: null },
    { conversationId: 'b', next: '7' },
  ]);
  gateway.on('conversation.history', (payload) => page((payload as Request).cursor === null ? '1' : null));
  await history.backfill();
  expect(asked()).toEqual(['a null', 'a 1', 'b 7']);
  expect(memory.incomplete).toEqual([]);
});

test('what is granted while it runs is fetched by the same run', async () => {
  const { gateway, history, memory, asked } = arrange([{ conversationId: 'a', next: null }]);
  gateway.on('conversation.history', async () => {
    if (asked().length === 1) {
      memory.incomplete.push({ conversationId: 'b', next: null });
      expect(history.backfill()).toBe(running);
    }
    return page(null);
  });
  const running = history.backfill();
  await running;
  expect(asked()).toEqual(['a null', 'b null']);
});

test('a conversation that is out of sight again is left alone; the others come', async () => {
  const { gateway, history, asked } = arrange([
    { conversationId: 'gone', next: null },
    { conversationId: 'b', next: null },
  ]);
  gateway.on('conversation.history', (payload) =>
    (payload as Request).conversationId === 'gone' ? refusal('never') : page(null),
  );
  await history.backfill();
  await history.backfill();
  expect(asked()).toEqual(['gone null', 'b null']);
});

test('a page that is always stale is given up, not asked for without end', async () => {
  const { gateway, history, memory, asked } = arrange([{ conversationId: 'a', next: null }]);
  memory.state.cursor = 9;
  gateway.on('conversation.history', () => page(null, 3));
  await history.backfill();
  expect(asked().length).toBeLessThan(10);
  expect(memory.pages).toEqual([]);
});

test('a busy gateway is waited for', async () => {
  const { clock, gateway, history, memory } = arrange([{ conversationId: 'a', next: null }]);
  let busy = true;
  gateway.on('conversation.history', () => (busy ? refusal('after') : page(null)));
  const running = history.backfill();
  await settle();
  busy = false;
  await clock.advance(1_000);
  await running;
  expect(memory.incomplete).toEqual([]);
});

test('older messages: where the cache left off, once however often it is asked for', async () => {
  const { gateway, history, asked } = arrange([{ conversationId: 'a', next: '5' }]);
  gateway.on('conversation.history', () => page('6'));
  await Promise.all([history.loadOlder('a'), history.loadOlder('a')]);
  expect(asked()).toEqual(['a 5']);
  await history.loadOlder('a');
  expect(asked()).toEqual(['a 5', 'a 6']);
  expect(await history.loadOlder('complete')).toBe(0);
});

test('older messages of a conversation of which nothing was fetched yet: the page behind what is here, too', async () => {
  const { gateway, history, asked } = arrange([{ conversationId: 'a', next: null }]);
  gateway.on('conversation.history', (payload) => page((payload as Request).cursor === null ? '1' : '2'));
  await history.loadOlder('a');
  expect(asked()).toEqual(['a null', 'a 1']);
});

test('stopped: nothing more is asked for or applied', async () => {
  const { gateway, history, memory, asked, stop } = arrange([
    { conversationId: 'a', next: null },
    { conversationId: 'b', next: null },
  ]);
  gateway.on('conversation.history', () => {
    stop();
    return page(null);
  });
  await history.backfill();
  expect(asked()).toEqual(['a null']);
  expect(memory.pages).toEqual([]);
});
