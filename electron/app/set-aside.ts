import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';

/** Moves the cache's files into `aside-<time>` beside them: never a silent delete. */
export async function setAside(folder: string, cacheFile: string, now: number): Promise<void> {
  const there = await stat(folder).catch(() => null);
  if (there === null) return;
  const target = path.join(folder, `aside-${now}`);
  await mkdir(target, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (!name.startsWith(cacheFile) && name !== 'unsent') continue;
    await rename(path.join(folder, name), path.join(target, name));
  }
}
