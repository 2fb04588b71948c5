/**
 * Threads that have loaded their code before there is a key: loading takes the processor a second and more when it is busy, opening the
 * file a few milliseconds. They know neither key nor file until they are taken.
 */
import { READERS } from './open.ts';
import { failure } from './failure.ts';
import { Thread } from './pool.ts';
import type { CacheWorkers } from './options.ts';

/** Threads without a key that wait to open a cache. */
export type StandBy = {
  /** As many as a cache needs wait afterwards. */
  fill(): void;
  /** The writer and at most so many readers, those that are alive; the others go on waiting. */
  take(count: number): { writer: Thread | null; readers: Thread[] };
  /** Ends those that wait. */
  end(): Promise<void>;
};

/** None waits yet. Whoever fills it must end it. */
export function standBy(workers: CacheWorkers): StandBy {
  let writer: Thread | null = null;
  let readers: Thread[] = [];

  return {
    fill() {
      if (writer?.waits !== true) writer = new Thread(workers.writer);
      readers = readers.filter((thread) => thread.waits);
      while (readers.length < READERS + 1) readers.push(new Thread(workers.reader));
    },
    take(count) {
      readers = readers.filter((thread) => thread.waits);
      const taken = { writer: writer?.waits === true ? writer : null, readers: readers.splice(0, count) };
      writer = null;
      return taken;
    },
    async end() {
      const rest = writer === null ? readers : [writer, ...readers];
      writer = null;
      readers = [];
      await Promise.all(rest.map((thread) => thread.kill(failure('closed'))));
    },
  };
}
