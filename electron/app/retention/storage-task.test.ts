import { expect, test } from 'vitest';
import type { StorageTask } from '../../../shared/contract/retention.ts';
import type { Cache } from '../../cache/api.ts';
import { createStorageTasks } from './storage-task.ts';

/** A cache of which only what a task asks is there. */
function cacheOf(parts: { free?: number; bad?: readonly string[]; onStep?: () => void }): Cache {
  let free = parts.free ?? 0;
  const read = {
    checkedTables: async () => ['a', 'b', 'c'],
    checkTable: async ({ name }: { name: string }) => {
      parts.onStep?.();
      return { problems: parts.bad?.includes(name) === true ? 2 : 0 };
    },
    freePages: async () => free,
  };
  const write = {
    compactStep: async () => {
      parts.onStep?.();
      free = Math.max(0, free - 10);
      return { more: free > 0 };
    },
  };
  return { read, write } as unknown as Cache;
}

test('each step is told, and the end', async () => {
  const told: (StorageTask | null)[] = [];
  const tasks = createStorageTasks((task) => void told.push(task));
  expect(await tasks.compact(cacheOf({ free: 25 }))).toEqual({ cancelled: false });
  expect(told.map((task) => task?.done ?? 'end')).toEqual([0, 10, 20, 25, 'end']);
  expect(tasks.running()).toBeNull();
});

test('a table that is not sound is counted; the others are looked at all the same', async () => {
  const tasks = createStorageTasks(() => undefined);
  expect(await tasks.check(cacheOf({ bad: ['b'] }))).toEqual({ ok: false, problems: 2, cancelled: false });
});

test('cancelled between two steps; a second task waits for nobody and is refused', async () => {
  const tasks = createStorageTasks(() => undefined);
  let second: Promise<unknown> | null = null;
  const cache = cacheOf({
    onStep: () => {
      second ??= tasks.compact(cache);
      tasks.cancel();
    },
  });
  expect(await tasks.check(cache)).toEqual({ ok: true, problems: 0, cancelled: true });
  await expect(second).rejects.toMatchObject({ error: { kind: 'not_ready' } });
  tasks.cancel();
  expect(await tasks.check(cacheOf({}))).toMatchObject({ cancelled: false });
});
