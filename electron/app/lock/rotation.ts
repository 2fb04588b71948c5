/**
 * Another key for the cache. At every moment one file and one record that fit each other lie on the disk:
 *
 *   1 next.json is written      the cache opens with the present key          a start removes next.json and the copy
 *   2 the copy is made          the same                                      the same
 *   3 the copy is proven        the same                                      the same
 *   4 the copy takes the place  the cache opens with the new key              a start promotes next.json
 *   5 next.json is promoted     the same                                      done
 *
 * Step 4 is one rename. Which side of it a crash was on, the first page of the file tells (cache/page-proof.ts).
 */
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { AppState } from '../../../shared/contract/state.ts';
import type { Cache } from '../../cache/api.ts';
import { failure } from '../failures.ts';

type Rotating = Extract<AppState, { phase: 'rotating' }>;

/** Where a test makes the process die. */
export type RotationStep = 'noted' | 'copied' | 'closed' | 'replaced' | 'promoted';

const LOOK_EVERY = 250;

export function copyOf(cacheFile: string): string {
  return `${cacheFile}.rotating`;
}

/** What a rotation that was cut off left beside the cache. */
export async function removeLeftovers(cacheFile: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    await rm(copyOf(cacheFile) + suffix, { force: true });
}

export async function makeCopy(
  cache: Cache,
  cacheFile: string,
  key: Uint8Array,
  tell: (state: Rotating) => void,
): Promise<void> {
  const total = await sizeOf(cacheFile);
  const copy = copyOf(cacheFile);
  let copied = 0;
  const timer = setInterval(() => {
    void sizeOf(copy).then((size) => {
      if (size === copied) return;
      copied = size;
      const stage = size < total ? 'copying' : 'encrypting';
      tell({ phase: 'rotating', stage, done: Math.min(size, total), total });
    });
  }, LOOK_EVERY);
  tell({ phase: 'rotating', stage: 'copying', done: 0, total });
  try {
    await cache.encryptInto(copy, key);
  } finally {
    clearInterval(timer);
  }
  tell({ phase: 'rotating', stage: 'finishing', done: total, total });
}

/** The cache is closed. Throws when a log is left: it would belong to another file. */
export async function takePlace(cacheFile: string): Promise<void> {
  if ((await sizeOf(`${cacheFile}-wal`)) > 0)
    throw failure('not_ready', 'the log of the cache is still there');
  await rm(`${cacheFile}-shm`, { force: true });
  await rename(copyOf(cacheFile), cacheFile);
  if (process.platform === 'win32') return;
  const folder = await open(path.dirname(cacheFile), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** 0 when it is not there. */
async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
