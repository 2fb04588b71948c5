/**
 * The files of the folder `keys`: `key.json` (the record) and, in mode `file`, `key` (32 bytes, the user alone may read it). While the
 * database key is rotated, `next.json` and `next` beside them; `attempts.json` counts wrong passphrases.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from './atomic-file.ts';
import { KEY_BYTES, KeyRecord } from './record.ts';

export type StoredRecord = { type: 'none' } | { type: 'record'; record: KeyRecord } | { type: 'unreadable' };
export type StoredKey =
  | { type: 'none' }
  | { type: 'key'; key: Uint8Array }
  | { type: 'exposed' }
  | { type: 'unreadable' };

export type KeyFiles = {
  readRecord(): Promise<StoredRecord>;
  writeRecord(record: KeyRecord): Promise<void>;
  readKey(): Promise<StoredKey>;
  writeKey(key: Uint8Array): Promise<void>;
  /** Overwrites and removes the key file of mode `file`. */
  shredKey(): Promise<void>;
  /** The record of the key that the cache is being encrypted with anew, and in mode `file` the key itself. */
  readNextRecord(): Promise<StoredRecord>;
  readNextKey(): Promise<StoredKey>;
  writeNext(record: KeyRecord, key: Uint8Array | null): Promise<void>;
  /** What was the next is the present one. Can be repeated after a crash at any point. */
  promoteNext(record: KeyRecord): Promise<void>;
  removeNext(): Promise<void>;
  /** What a process that was killed left behind: half-written files, a next key that no record knows, a key file that is used no more. */
  sweep(record: KeyRecord | null): Promise<void>;
  /** Overwrites and removes every file that holds a key or a wrapped one. Answers how many. */
  destroy(): Promise<number>;
  /** Moves everything into a folder `aside-<time>`: the old key may still open a cache that was set aside. */
  setAside(now: number): Promise<void>;
};

export function keyFiles(folder: string): KeyFiles {
  const recordFile = path.join(folder, 'key.json');
  const keyFile = path.join(folder, 'key');
  const nextRecordFile = path.join(folder, 'next.json');
  const nextKeyFile = path.join(folder, 'next');

  async function readRecordOf(file: string): Promise<StoredRecord> {
    const text = await readOrNull(file);
    if (text === null) return { type: 'none' };
    const parsed = KeyRecord.safeParse(parseJson(text.toString('utf8')));
    return parsed.success ? { type: 'record', record: parsed.data } : { type: 'unreadable' };
  }

  async function readKeyOf(file: string): Promise<StoredKey> {
    const key = await readOrNull(file);
    if (key === null) return { type: 'none' };
    if (await isExposed(folder, file)) {
      key.fill(0);
      return { type: 'exposed' };
    }
    return key.length === KEY_BYTES ? { type: 'key', key } : { type: 'unreadable' };
  }

  return {
    readRecord: () => readRecordOf(recordFile),
    writeRecord: (record) => writeAtomically(recordFile, textOf(record)),
    readKey: () => readKeyOf(keyFile),
    writeKey: (key) => writeAtomically(keyFile, key),
    shredKey: async () => void (await shred(keyFile)),
    readNextRecord: () => readRecordOf(nextRecordFile),
    readNextKey: () => readKeyOf(nextKeyFile),
    async writeNext(record, key) {
      // The key before its record, as with the first one.
      if (key !== null) await writeAtomically(nextKeyFile, key);
      await writeAtomically(nextRecordFile, textOf(record));
    },
    async promoteNext(record) {
      const key = await readOrNull(nextKeyFile);
      if (key !== null) await writeAtomically(keyFile, key);
      key?.fill(0);
      await writeAtomically(recordFile, textOf(record));
      // The key first: with the record gone, nobody would look for it again.
      await shred(nextKeyFile);
      await rm(nextRecordFile, { force: true });
    },
    async removeNext() {
      await shred(nextKeyFile);
      await rm(nextRecordFile, { force: true });
    },
    async sweep(record) {
      const names = await namesIn(folder);
      for (const name of names) if (name.endsWith('.tmp')) await shred(path.join(folder, name));
      if (!names.includes('next.json')) await shred(nextKeyFile);
      if (record !== null && record.mode !== 'file') await shred(keyFile);
    },
    async destroy() {
      let destroyed = 0;
      for (const name of await namesIn(folder)) {
        const file = path.join(folder, name);
        if (name.startsWith('aside-')) {
          for (const inner of await namesIn(file)) if (await shred(path.join(file, inner))) destroyed += 1;
          await rm(file, { recursive: true, force: true });
        } else if (await shred(file)) destroyed += 1;
      }
      return destroyed;
    },
    async setAside(now) {
      const target = path.join(folder, `aside-${now}`);
      await mkdir(target, { recursive: true, mode: 0o700 });
      for (const name of await readdir(folder)) {
        if (!name.startsWith('aside-')) await rename(path.join(folder, name), path.join(target, name));
      }
    },
  };
}

function textOf(record: KeyRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Overwrites, flushes and removes. A disk that writes elsewhere (flash, snapshots) may keep what was overwritten: nothing above the
 * disk can help that. Answers whether there was a file.
 */
async function shred(file: string): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    await handle.write(randomBytes(Math.max(1, size)), 0, size, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rm(file, { force: true });
  return true;
}

/** On Windows the profile's access list decides; its mode bits say nothing. */
async function isExposed(folder: string, file: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const ofFile = await stat(file);
  const ofFolder = await stat(folder);
  const mine = process.getuid?.();
  if (mine !== undefined && (ofFile.uid !== mine || ofFolder.uid !== mine)) return true;
  // A folder that others may write to lets them put another file in place.
  return (ofFile.mode & 0o077) !== 0 || (ofFolder.mode & 0o022) !== 0;
}

async function readOrNull(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Refused by the schema.
  }
}
