/** Writes one backup into a folder of its own, reads all of it again, and only then gives it its name. */
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BackupCounts } from '../../../shared/contract/backup.ts';
import type { CacheWorkers } from '../../cache/options.ts';
import type { KdfParameters, SealedKey } from '../../../shared/domain/sealed-key.ts';
import type { BackupParts } from '../parts.ts';
import {
  BackupFailure,
  DATABASE,
  MANIFEST,
  MEDIA,
  type Manifest,
  PARTIAL,
  type StoredFile,
  bytesOf,
  digestOf,
  isBackupName,
  listBackups,
  macOf,
  nameOf,
  readManifest,
} from './format.ts';

export type BackupInput = {
  parts: BackupParts;
  workers: CacheWorkers;
  /** The open cache and its key. */
  source: { file: string; key: Uint8Array; mediaFolder: string };
  folder: string;
  keep: number;
  key: { key: Uint8Array; kdf: KdfParameters; sealed: SealedKey };
  version: string;
  now: number;
  signal: AbortSignal;
  onProgress(stage: 'copying' | 'files' | 'checking', share: number | null): void;
};

export type Written = { name: string; bytes: number; counts: BackupCounts };

/** Milliseconds between two looks at how far the copy has come. */
const LOOK = 200;

/** Throws BackupFailure, CacheFailure, what the file system throws, or the signal's reason; then nothing of it is left. */
export async function writeBackup(input: BackupInput): Promise<Written> {
  const { folder, signal, now } = input;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removePartial(folder);
  const name = await freeName(folder, nameOf(now));
  const place = path.join(folder, name + PARTIAL);
  await mkdir(path.join(place, MEDIA), { recursive: true, mode: 0o700 });
  try {
    const manifest = await fill(place, input);
    signal.throwIfAborted();
    await flush(place);
    await rename(place, path.join(folder, name));
    await flush(folder);
    await removeOld(folder, input.keep, manifest.kdf.salt);
    return { name, bytes: bytesOf(manifest), counts: manifest.counts };
  } catch (error) {
    await rm(place, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
}

async function fill(place: string, input: BackupInput): Promise<Manifest> {
  const { parts, workers, source, key, signal, onProgress } = input;
  const target = path.join(place, DATABASE);
  const live = { file: source.file, key: source.key, workers, signal };
  const before = await liveCounts(parts, live);
  const bytes = await watched(
    () => parts.copyCache({ ...live, target, targetKey: key.key }),
    async () => onProgress('copying', await shareOf(target, source.file)),
  );
  const after = await liveCounts(parts, live);
  await sync(target);

  onProgress('files', 0);
  const copy = await parts.openCopy({ file: target, key: key.key, workers, signal });
  let names: string[];
  let counts: BackupCounts;
  try {
    names = (await copy.fileNames()).map(({ file }) => path.basename(file));
    counts = await copy.counts();
  } finally {
    await copy.close();
  }
  // Nothing has changed while it was copied: then the copy has exactly as much.
  if (same(before, after) && !same(before, counts)) throw new BackupFailure('mismatch', 'counts of the copy');
  const { files, missing } = await copyFiles(names, place, input);

  onProgress('checking', 0);
  const total = files.reduce((sum, file) => sum + file.bytes, bytes);
  let read = 0;
  const onBytes = (more: number): void => {
    read += more;
    onProgress('checking', total === 0 ? null : (0.6 * read) / total);
  };
  const database = await digestOf(target, signal, onBytes);
  for (const file of files) {
    const again = await digestOf(path.join(place, MEDIA, file.file), signal, onBytes);
    if (again.sha256 !== file.sha256) throw new BackupFailure('mismatch', 'a file of the copy');
  }
  const { sound, schema, counts: reopened } = await lookThrough(target, input);
  if (!sound || !same(reopened, counts)) throw new BackupFailure('mismatch', 'the copy itself');

  const open: Omit<Manifest, 'mac'> = {
    format: 'parley-backup',
    version: 1,
    createdAt: input.now,
    app: input.version,
    schema,
    kdf: key.kdf,
    sealed: key.sealed,
    database,
    files,
    missing,
    counts,
  };
  const manifest = { ...open, mac: macOf(key.key, open) };
  const file = path.join(place, MANIFEST);
  await writeFile(file, `${JSON.stringify(manifest)}\n`, { mode: 0o600, flush: true });
  onProgress('checking', 1);
  return manifest;
}

async function lookThrough(file: string, { parts, workers, key, signal }: BackupInput) {
  const copy = await parts.openCopy({ file, key: key.key, workers, signal });
  try {
    return await copy.report();
  } finally {
    await copy.close();
  }
}

async function liveCounts(
  parts: BackupParts,
  live: Parameters<BackupParts['openCopy']>[0],
): Promise<BackupCounts> {
  const cache = await parts.openCopy(live);
  try {
    return await cache.counts();
  } finally {
    await cache.close();
  }
}

/** As they lie: each is encrypted under a key that is a row of the database. Hashed from the original, checked from the copy. */
async function copyFiles(
  names: readonly string[],
  place: string,
  { source, signal, onProgress }: BackupInput,
): Promise<{ files: StoredFile[]; missing: number }> {
  const files: StoredFile[] = [];
  let missing = 0;
  for (const [index, name] of names.entries()) {
    signal.throwIfAborted();
    const from = path.join(source.mediaFolder, name);
    const to = path.join(place, MEDIA, name);
    try {
      const file = await digestOf(from, signal);
      await copyFile(from, to);
      await sync(to);
      files.push(file);
    } catch (error) {
      // Removed since the rows were copied, with its message.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      missing += 1;
    }
    onProgress('files', (index + 1) / names.length);
  }
  return { files, missing };
}

/** What a process that died has left behind. */
async function removePartial(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.endsWith(PARTIAL) && isBackupName(name.slice(0, -PARTIAL.length)))
      await rm(path.join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Of this passphrase only: others in the same folder are somebody else's, or of before the passphrase was changed. */
async function removeOld(folder: string, keep: number, salt: string): Promise<void> {
  const own = [];
  for (const listed of await listBackups(folder)) {
    const manifest = await readManifest(listed.folder);
    if (manifest.kdf.salt === salt) own.push(listed);
  }
  for (const { folder: old } of own.slice(keep))
    await rm(old, { recursive: true, force: true, maxRetries: 5 });
}

async function freeName(folder: string, name: string): Promise<string> {
  const taken = new Set(await readdir(folder));
  let free = name;
  for (let n = 2; taken.has(free); n += 1) free = `${name}-${n}`;
  return free;
}

function same(a: BackupCounts, b: BackupCounts): boolean {
  return (Object.keys(a) as (keyof BackupCounts)[]).every((name) => a[name] === b[name]);
}

/** The copy is written by one statement: only its size says how far it is. Then it is written once more, under its own key. */
async function shareOf(target: string, source: string): Promise<number | null> {
  const [now, all] = await Promise.all([stat(target).catch(() => null), stat(source)]);
  return now === null || all.size === 0 ? null : Math.min(1, now.size / all.size);
}

async function watched<T>(work: () => Promise<T>, look: () => Promise<void>): Promise<T> {
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = look().catch(() => undefined);
  }, LOOK);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await looking;
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Windows has no handle on a folder and does not need it. */
async function flush(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
