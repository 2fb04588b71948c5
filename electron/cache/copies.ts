/** Copies of the cache as the main thread sees them: each is asked of a thread of its own, which a signal ends. */
import type { CacheWorkers } from './options.ts';
import { failure } from './failure.ts';
import { Thread } from './pool.ts';
import {
  type CopyCounts,
  type CopyReport,
  type NextPortion,
  PORTION_KINDS,
  type Portion,
  type PortionKind,
  type Tally,
} from './backup/types.ts';
import type { Kept } from './retention/kept.ts';

export type CopySource = { file: string; key: Uint8Array; workers: CacheWorkers; signal?: AbortSignal };

export type Foreseen = { kind: PortionKind; rows: number; tally: Tally };

export type OpenedCopy = {
  /** Integrity, counts, whose it is. */
  report(): Promise<CopyReport>;
  counts(): Promise<CopyCounts>;
  /** Names of the encrypted files that its rows have keys for. */
  fileNames(): Promise<{ file: string }[]>;
  /** All of it, `limit` rows at most at once, one kind after the other in the order in which they hang together. */
  portions(limit: number): AsyncGenerator<Portion, void, undefined>;
  /**
   * Of the cache itself: what a restore of these portions, each after the other, would do here if `kept` is what the purge before it
   * leaves. Nothing is written.
   */
  forecast(kept: Kept, portions: AsyncIterable<Portion>): AsyncGenerator<Foreseen, void, undefined>;
  close(): Promise<void>;
};

/**
 * Writes a copy of the open cache to `target` (which must not exist) under `targetKey`. Answers its bytes. Throws `CacheFailure`, and
 * the signal's reason when it was stopped; what was written by then is the caller's to remove.
 */
export async function copyCache(
  source: CopySource & { target: string; targetKey: Uint8Array },
): Promise<number> {
  const thread = await started(source);
  try {
    const key = Uint8Array.from(source.key);
    const targetKey = Uint8Array.from(source.targetKey);
    return (await thread.ask('copyInto', { target: source.target, key, targetKey })) as number;
  } finally {
    await ended(thread);
  }
}

/** Opens a copy for reading. Throws `CacheFailure`: `wrong_key`, `damaged`. */
export async function openCopy(source: CopySource): Promise<OpenedCopy> {
  const thread = await started(source);
  return {
    report: () => thread.ask('lookThrough', null) as Promise<CopyReport>,
    counts: () => thread.ask('counts', null) as Promise<CopyCounts>,
    fileNames: () => thread.ask('fileNames', null) as Promise<{ file: string }[]>,
    portions: (limit) => portionsOf(thread, limit),
    async *forecast(kept, portions) {
      await thread.ask('beginForecast', kept);
      for await (const portion of portions) {
        const tally = (await thread.ask('forecast', portion)) as Tally;
        yield { kind: portion.kind, rows: portion.rows.length, tally };
      }
    },
    close: () => ended(thread),
  };
}

async function* portionsOf(thread: Thread, limit: number): AsyncGenerator<Portion, void, undefined> {
  for (const kind of PORTION_KINDS) {
    for (let after: number | string | null = null; ;) {
      const next = (await thread.ask('portion', { kind, after, limit })) as NextPortion;
      if (next === null) break;
      yield next.portion;
      after = next.last;
    }
  }
}

async function started({ file, key, workers, signal }: CopySource): Promise<Thread> {
  signal?.throwIfAborted();
  const ignored = (): void => undefined;
  const data = { file, key, keyIsRight: false, crashAt: null };
  const thread = new Thread(workers.reader);
  // A statement cannot be interrupted: whoever waits is told at once, the thread ends with its statement.
  signal?.addEventListener('abort', () => void thread.kill(signal.reason as Error), { once: true });
  await thread.open(data, { onFailure: ignored, onSlow: ignored });
  return thread;
}

async function ended(thread: Thread): Promise<void> {
  await thread.close().catch(() => thread.kill(failure('closed')));
}
