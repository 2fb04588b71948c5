/** Where the cache lies: in its file, or in memory, where the storage is off or nobody has said yet that it is on. */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Cache } from '../cache/api.ts';
import type { MEMORY } from '../cache/options.ts';
import type { Log } from './log.ts';
import { removeLeftovers } from './lock/rotation.ts';
import { type SealedRows, openRows, sealRows } from './lock/sealed-rows.ts';

/** Name of the cache's file, as screens show it. */
export const CACHE_FILE = 'parley.db';

/** A cache that is nowhere on the disk. */
const IN_MEMORY: typeof MEMORY = ':memory:';

export type CachePlace = {
  /** The file, whether it is there or not. */
  file: string;
  /** Whether the cache that was opened last lies on the disk. */
  onDisk(): boolean;
  /**
   * What to open. `nobody`: it is not known yet whose it will be, and whether their workspace allows a file, so only one that is there already
   * counts. Removes what a rotation or a switch that was cut off has left.
   */
  prepare(asked: 'nobody' | 'known'): Promise<string>;
  /** What the user wrote, when it is nowhere else: kept encrypted until it is opened with the same key. */
  seal(cache: Cache, key: Uint8Array): Promise<void>;
  restore(cache: Cache, key: Uint8Array): Promise<void>;
  /** What was sealed is gone. */
  forget(): void;
  /** Moves the cache's files into `aside-<time>` beside them: never a silent delete. */
  setAside(now: number): Promise<void>;
};

export function createCachePlace(options: {
  userDataDir: string;
  mediaFolder: string;
  storage(): 'on' | 'off';
  log: Log;
}): CachePlace {
  const folder = path.join(options.userDataDir, 'cache');
  const file = path.join(folder, CACHE_FILE);
  let onDisk = false;
  let sealed: SealedRows | null = null;

  async function removeStored(): Promise<void> {
    for (const name of await readdir(folder)) {
      if (name.startsWith(CACHE_FILE)) await rm(path.join(folder, name), { force: true, recursive: true });
    }
    await rm(options.mediaFolder, { recursive: true, force: true });
  }

  return {
    file,
    onDisk: () => onDisk,
    async prepare(asked) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await removeLeftovers(file);
      // Also what a kill left behind when the storage was switched off, and files whose keys were in memory only.
      if (options.storage() === 'off') await removeStored();
      onDisk = options.storage() === 'on' && (asked === 'known' || (await isThere(file)));
      return onDisk ? file : IN_MEMORY;
    },
    async seal(cache, key) {
      if (!onDisk) sealed = sealRows(await cache.read.precious(), key);
    },
    async restore(cache, key) {
      if (sealed === null || onDisk) return;
      const rows = openRows(sealed, key);
      sealed = null;
      if (rows === null) options.log.warn({}, 'what was sealed belongs to another key');
      else await cache.write.adopt(rows);
    },
    forget() {
      sealed = null;
    },
    async setAside(now) {
      if (!(await isThere(folder))) return;
      const target = path.join(folder, `aside-${now}`);
      await mkdir(target, { recursive: true, mode: 0o700 });
      for (const name of await readdir(folder)) {
        if (!name.startsWith(CACHE_FILE) && name !== 'unsent') continue;
        await rename(path.join(folder, name), path.join(target, name));
      }
    },
  };
}

async function isThere(name: string): Promise<boolean> {
  try {
    await stat(name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
