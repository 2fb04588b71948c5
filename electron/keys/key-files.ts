/** The files of the folder `keys`: `key.json` (the record) and, in mode `file`, `key` (32 bytes, the user alone may read it). */
import { mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
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
  removeKey(): Promise<void>;
  /** Moves everything into a folder `aside-<time>`: the old key may still open a cache that was set aside. */
  setAside(now: number): Promise<void>;
};

export function keyFiles(folder: string): KeyFiles {
  const recordFile = path.join(folder, 'key.json');
  const keyFile = path.join(folder, 'key');
  return {
    async readRecord() {
      const text = await readOrNull(recordFile);
      if (text === null) return { type: 'none' };
      const parsed = KeyRecord.safeParse(parseJson(text.toString('utf8')));
      return parsed.success ? { type: 'record', record: parsed.data } : { type: 'unreadable' };
    },
    writeRecord: (record) => writeAtomically(recordFile, `${JSON.stringify(record, null, 2)}\n`),
    async readKey() {
      const key = await readOrNull(keyFile);
      if (key === null) return { type: 'none' };
      if (await isExposed(folder, keyFile)) {
        key.fill(0);
        return { type: 'exposed' };
      }
      return key.length === KEY_BYTES ? { type: 'key', key } : { type: 'unreadable' };
    },
    writeKey: (key) => writeAtomically(keyFile, key),
    removeKey: () => rm(keyFile, { force: true }),
    async setAside(now) {
      const target = path.join(folder, `aside-${now}`);
      await mkdir(target, { recursive: true, mode: 0o700 });
      for (const name of await readdir(folder)) {
        if (!name.startsWith('aside-')) await rename(path.join(folder, name), path.join(target, name));
      }
    },
  };
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
