import { expect, test } from 'vitest';
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { Bridge } from '../bridge/bridge.ts';
import type { OlderProgress } from './older.ts';
import { loadAllOlder, seek } from './older.ts';

/** A gateway with so many pages of older messages for each conversation; `refused` never gets complete. */
function gateway(pages: Record<string, number>, refused: ReadonlyArray<string> = []) {
  const left = new Map(Object.entries(pages));
  const calls: string[] = [];
  const answer = (name: string, input: { conversationId?: string }): unknown => {
    calls.push(`${name} ${input.conversationId ?? ''}`.trim());
    if (name === 'history.missing') {
      const ids = [...left].filter(([id, n]) => n > 0 || refused.includes(id)).map(([id]) => id);
      return { conversations: ids.length, ids: ids.slice(0, 2) };
    }
    const id = input.conversationId ?? '';
    const n = left.get(id) ?? 0;
    if (name === 'conversation.loadOlder') {
      left.set(id, Math.max(0, n - 1));
      return { messages: n > 0 ? 100 : 0 };
    }
    // The message is on the oldest page.
    if (n > 0) throw new CallFailure({ kind: 'not_found', message: 'not here' });
    return { items: [], older: 'none', newer: true };
  };
  const bridge = {
    call: async (name: string, input: { conversationId?: string }) => answer(name, input),
  } as unknown as Bridge;
  return { bridge, calls };
}

test('all of the history comes, what matters most first, and what the gateway refuses does not go on for ever', async () => {
  const { bridge, calls } = gateway({ a: 1, b: 2, c: 1, d: 0 }, ['d']);
  const told: OlderProgress[] = [];
  const messages = await loadAllOlder(bridge, {
    first: ['b'],
    everything: true,
    signal: new AbortController().signal,
    onProgress: (progress) => told.push(progress),
  });
  expect(messages).toBe(400);
  expect(calls.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => 'conversation.loadOlder b'));
  expect(calls.filter((call) => call === 'conversation.loadOlder d')).toHaveLength(1);
  expect(told.at(-1)?.messages).toBe(400);
});

test('loading stops where it is told to, with what came', async () => {
  const { bridge, calls } = gateway({ a: 50, b: 50 });
  const abort = new AbortController();
  const messages = await loadAllOlder(bridge, {
    first: ['a', 'b'],
    everything: true,
    signal: abort.signal,
    onProgress: ({ messages: came }) => {
      if (came >= 300) abort.abort();
    },
  });
  expect(messages).toBe(300);
  expect(calls).toHaveLength(3);
});

test('a message that is only at the gateway is looked for until it is there', async () => {
  const { bridge, calls } = gateway({ a: 3 });
  const told: number[] = [];
  const options = { signal: new AbortController().signal, onProgress: (n: number) => told.push(n) };
  expect(await seek(bridge, 'a', { messageId: 'm' }, options, 10)).not.toBeNull();
  expect(told).toEqual([0, 100, 200]);
  expect(calls.filter((call) => call.startsWith('conversation.loadOlder'))).toHaveLength(3);
});

test('one that nobody has any more is not there, and one that was given up is not looked for', async () => {
  const gone = {
    call: async (name: string) => {
      if (name === 'conversation.loadOlder') return { messages: 0 };
      throw new CallFailure({ kind: 'not_found', message: 'not here' });
    },
  } as unknown as Bridge;
  const signal = new AbortController().signal;
  expect(await seek(gone, 'a', { messageId: 'm' }, { signal, onProgress: () => undefined }, 10)).toBeNull();
  const { bridge, calls } = gateway({ a: 30 });
  const abort = new AbortController();
  const onProgress = (n: number): void => {
    if (n === 200) abort.abort();
  };
  expect(await seek(bridge, 'a', { messageId: 'm' }, { signal: abort.signal, onProgress }, 10)).toBeNull();
  expect(calls.filter((call) => call.startsWith('conversation.loadOlder')).length).toBeLessThan(5);
});
