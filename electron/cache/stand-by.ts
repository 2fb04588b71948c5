/**
 * Threads that have loaded their code before there is a key: loading takes the processor a second and more when it is busy, opening the
 * file a few milliseconds. They know neither key nor file until they are taken.
 */
import { READERS } from './open.ts';
import { failure } from './failure.ts';
import { Thread } from './pool.ts';
import type { CacheWorkers } from './api.ts';

/** Threads without a key that wait to open a cache, once. */
export type StandBy = {
  /** The writer and at most so many readers, those that are alive; the others end. */
  take(count: number): { writer: Thread | null; readers: Thread[] };
  /** Ends those that nobody has taken. */
  end(): Promise<void>;
};

/** Starts the threads of one cache; whoever does not open one must end them. */
export function standBy(workers: CacheWorkers): StandBy {
  let writer: Thread | null = new Thread(workers.writer);
  let readers = Array.from({ length: READERS + 1 }, () => new Thread(workers.reader));

  async function end(): Promise<void> {
    const rest = writer === null ? readers : [writer, ...readers];
    writer = null;
    readers = [];
    await Promise.all(rest.map((thread) => thread.kill(failure('closed'))));
  }

  return {
    take(count) {
      const alive = readers.filter((thread) => thread.waits);
      const taken = { writer: writer?.waits === true ? writer : null, readers: alive.splice(0, count) };
      writer = null;
      readers = alive;
      // What is left has nothing open that could be lost.
      void end();
      return taken;
    },
    end,
  };
}
