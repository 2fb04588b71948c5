import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ChangeSet } from '../../shared/contract/rows.ts';
import type { Cache, NextSendTime } from '../cache/api.ts';
import { createSendTimes } from './send-times.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

function arrange(times: NextSendTime[]) {
  const passed: ChangeSet[] = [];
  const read = {
    nextSendTime: async ({ now }: { now: number }) => times.find(({ at }) => at > now) ?? null,
  };
  const sendTimes = createSendTimes({
    now: Date.now,
    log: { warn: () => undefined },
    onPassed(changes) {
      passed.push(changes);
      // As the count does that follows.
      void sendTimes.look();
    },
  });
  sendTimes.attach({ read } as unknown as Pick<Cache, 'read'>);
  return { sendTimes, passed, told: () => passed.map(({ conversations }) => conversations) };
}

test('the page is told when each time has passed, however far away it was', async () => {
  const { sendTimes, passed, told } = arrange([
    { at: 5_000, conversationIds: ['a', 'b'] },
    { at: 3_600_000, conversationIds: ['c'] },
  ]);
  await sendTimes.look();
  await vi.advanceTimersByTimeAsync(4_999);
  expect(passed).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(passed).toMatchObject([{ conversations: ['a', 'b'], outbox: true, lists: true }]);
  await vi.advanceTimersByTimeAsync(3_594_999);
  expect(told()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(told()).toEqual([['a', 'b'], ['c']]);
});

test('a time that is taken back is not told, nor anything after the end', async () => {
  const times = [{ at: 5_000, conversationIds: ['a'] }];
  const { sendTimes, passed } = arrange(times);
  await sendTimes.look();
  times.length = 0;
  await sendTimes.look();
  await vi.advanceTimersByTimeAsync(10_000);
  times.push({ at: 20_000, conversationIds: ['b'] });
  await sendTimes.look();
  sendTimes.detach();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(passed).toEqual([]);
});
