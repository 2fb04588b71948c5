/**
 * Data files that are dear to make and are kept between runs: under a folder whose name is a hash of everything that decides
 * what is in them, so that another version of the cache never meets them.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What decides the bytes of a cache: how rows are written, the shapes that it stores, and the generator. */
const DECIDING = [
  ...['connection.ts', 'migrations', 'store', 'inbound', 'people', 'search'].map(
    (it) => `electron/cache/${it}`,
  ),
  ...['record.ts', 'key-files.ts'].map((it) => `electron/keys/${it}`),
  'shared/domain',
  'shared/text',
  ...['dataset', 'words', 'directory', 'random', 'files'].map((it) => `test/bench/${it}.ts`),
];

function sources(place: string): string[] {
  const full = path.join(root, place);
  if (!existsSync(full)) return [];
  if (place.endsWith('.ts')) return [place];
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|sql)$/.test(name) && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => path.join(place, name));
}

export function keptFolder(): string {
  const hash = createHash('sha256');
  for (const file of DECIDING.flatMap(sources)) hash.update(file).update(readFileSync(path.join(root, file)));
  return path.join(os.tmpdir(), `parley-bench-${hash.digest('hex').slice(0, 12)}`);
}

const HOUR_MS = 3_600_000;

/** Removes what earlier versions kept, unless somebody used it within the hour. */
export function removeOutdated(current: string): void {
  for (const name of readdirSync(os.tmpdir())) {
    const folder = path.join(os.tmpdir(), name);
    if (!/^parley-bench-[0-9a-f]{12}$/.test(name) || folder === current) continue;
    if (Date.now() - statSync(folder).mtimeMs > HOUR_MS) rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder `name` under `kept`, made by `make` when it is not there; a run that dies leaves nothing half made behind. */
export async function keep(
  kept: string,
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(kept, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.part-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await make(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  return folder;
}
