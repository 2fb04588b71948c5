/** What takes long about the storage: one at a time, told as it goes on, ended by whoever started it between two steps. */
import type { StorageTask } from '../../../shared/contract/retention.ts';
import type { Cache } from '../../cache/api.ts';
import { failure } from '../failures.ts';

export type StorageTasks = {
  running(): StorageTask | null;
  /** Gives the free pages back to the file system. */
  compact(cache: Cache): Promise<{ cancelled: boolean }>;
  /** Looks through every table. */
  check(cache: Cache): Promise<{ ok: boolean; problems: number; cancelled: boolean }>;
  cancel(): void;
};

export function createStorageTasks(tell: (task: StorageTask | null) => void): StorageTasks {
  let task: StorageTask | null = null;
  let cancelled = false;

  async function alone<T>(
    kind: StorageTask['kind'],
    total: number,
    work: (at: (done: number) => void) => Promise<T>,
  ): Promise<T> {
    if (task !== null) throw failure('not_ready', 'another task runs');
    cancelled = false;
    const at = (done: number): void => {
      task = { kind, done: Math.min(done, total), total };
      tell(task);
    };
    at(0);
    try {
      return await work(at);
    } finally {
      task = null;
      tell(null);
    }
  }

  return {
    running: () => task,
    async compact(cache) {
      const total = await cache.read.freePages();
      return alone('compact', total, async (at) => {
        let more = true;
        while (more && !cancelled) {
          ({ more } = await cache.write.compactStep());
          at(total - (await cache.read.freePages()));
        }
        return { cancelled: more };
      });
    },
    async check(cache) {
      const tables = await cache.read.checkedTables();
      return alone('check', tables.length, async (at) => {
        let problems = 0;
        let done = 0;
        for (const name of tables) {
          if (cancelled) break;
          problems += (await cache.read.checkTable({ name })).problems;
          done += 1;
          at(done);
        }
        return { ok: problems === 0, problems, cancelled: done < tables.length };
      });
    },
    cancel() {
      if (task !== null) cancelled = true;
    },
  };
}
