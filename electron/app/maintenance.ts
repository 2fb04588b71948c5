/**
 * What the cache can do later (filling the search index, checkpoints) is done in small portions while nothing else wants it; then
 * the files of messages that are gone are removed.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { DAY, HOUR } from '../../shared/domain/time.ts';
import type { Cache } from '../cache/api.ts';
import type { Log } from './log.ts';

/** Milliseconds: how long one portion may hold the writer, the pause after it, and the wait after the last change. */
const PORTION = 40;
const PAUSE = 60;
const QUIET = 400;
/** A file that was put here and that neither a draft nor a message has after this long was forgotten. */
const STAGED_FOR = DAY;
const SWEEP_INTERVAL = HOUR;

export type Maintenance = {
  /** Something changed: there may be more to do. */
  wake(): void;
  stop(): Promise<void>;
};

/** Removes the encrypted files that nothing in the cache has any more. */
export async function removeFiles(cache: Cache, mediaFolder: string): Promise<void> {
  const files = await cache.read.discardedFiles();
  if (files.length === 0) return;
  for (const file of files) await rm(path.join(mediaFolder, path.basename(file)), { force: true });
  await cache.write.forgetFiles({ files });
}

export function startMaintenance(
  cache: Cache,
  mediaFolder: string,
  log: Log,
  now: () => number,
): Maintenance {
  let stopped = false;
  let swept = -Infinity;
  let timer: NodeJS.Timeout | null = null;
  let portion: Promise<void> = Promise.resolve();

  function plan(ms: number): void {
    if (stopped || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      portion = work();
    }, ms);
  }

  async function work(): Promise<void> {
    try {
      const { more } = await cache.write.maintain({ budgetMs: PORTION });
      if (more) plan(PAUSE);
      else await removeDiscarded();
    } catch (error) {
      // The cache tells of its own failures; here it only means "not now".
      if (!stopped) log.warn({ error }, 'maintenance failed');
    }
  }

  /** Their keys went with their rows, so they are noise already. */
  async function removeDiscarded(): Promise<void> {
    if (now() - swept > SWEEP_INTERVAL) {
      swept = now();
      await cache.write.sweepStaged({ before: now() - STAGED_FOR });
    }
    await removeFiles(cache, mediaFolder);
  }

  plan(QUIET);
  return {
    wake: () => plan(QUIET),
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await portion;
    },
  };
}
