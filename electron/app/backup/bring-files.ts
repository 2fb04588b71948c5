/** Encrypted files from a backup into the folder of the cache, before the rows that have their keys. */
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CopyFile } from '../../cache/backup/types.ts';

/**
 * Copies those files whole and onto the disk. Answers the ids of those that are not in the backup: they were missing when it was written,
 * and the gateway may still have them. When it is stopped, none of them stays.
 */
export async function bringFiles(
  rows: readonly CopyFile[],
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const missing = new Set<string>();
  const brought: string[] = [];
  try {
    for (const row of rows) {
      signal.throwIfAborted();
      const name = path.basename(row.file);
      const target = path.join(to, name);
      if (await bring(path.join(from, name), target)) brought.push(target);
      else missing.add(row.id);
    }
  } catch (error) {
    for (const file of brought) await rm(file, { force: true });
    throw error;
  }
  return missing;
}

/** False: it is not there. */
async function bring(from: string, to: string): Promise<boolean> {
  const temporary = `${to}.restoring`;
  try {
    await copyFile(from, temporary);
    const handle = await open(temporary, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, to);
    return true;
  } catch (error) {
    await rm(temporary, { force: true });
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return false;
  }
}
