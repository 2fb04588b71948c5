/**
 * Opening a connection is an ordered checklist that ends in a test query and closes on failure. Figures behind the values:
 * README.md of this folder. `serialize()` and `backup()` of the driver are never used: the first gives out plaintext, the second
 * refuses encrypted files.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { MEMORY } from './options.ts';
import { loadDriver } from './driver.ts';
import { failure, failureOf } from './failure.ts';

export const PAGE_SIZE = 4096;
const KEY_BYTES = 32;

/** Pages in the log at which SQLite moves them into the file and begins the log anew. */
const LOG_PAGES = 4000;
/** Each page in the log has 24 bytes before it, the log itself 32 (sqlite.org/fileformat2.html, section 4.1). */
const LOG_SIZE = 32 + LOG_PAGES * (24 + PAGE_SIZE);
/** The log is lengthened only on a disk with room for this many: it must never be what fills the disk. */
const ROOM = 16;

/** `keyIsRight`: the key's fingerprint is the one recorded for this cache, so "not a database" means damaged. */
export type ConnectionOptions = { file: string; key: Uint8Array; keyIsRight?: boolean };

/** Pragmas of every connection: a test reads each of them back on each kind of connection. */
const EVERYWHERE = {
  temp_store: { set: 'MEMORY', read: 2 },
  secure_delete: { set: 'ON', read: 1 },
  foreign_keys: { set: 'ON', read: 1 },
  trusted_schema: { set: 'OFF', read: 0 },
  cell_size_check: { set: 'ON', read: 1 },
  cache_size: { set: '-65536', read: -65536 },
  busy_timeout: { set: '5000', read: 5000 },
  synchronous: { set: 'FULL', read: 2 },
  checkpoint_fullfsync: { set: 'ON', read: 1 },
  journal_size_limit: { set: '67108864', read: 67108864 },
  wal_autocheckpoint: { set: String(LOG_PAGES), read: LOG_PAGES },
} as const;

export const EXPECTED_PRAGMAS: Record<'writer' | 'reader', Record<string, string | number>> = {
  writer: { ...readValues(), journal_mode: 'wal', page_size: PAGE_SIZE, auto_vacuum: 2, query_only: 0 },
  reader: { ...readValues(), journal_mode: 'wal', page_size: PAGE_SIZE, auto_vacuum: 2, query_only: 1 },
};

/** For a workspace whose storage is off: temporary tables are in memory as everywhere (temp_store). */
export function openMemoryConnection(): Sqlite.Database {
  const Driver = loadDriver();
  const db = new Driver(MEMORY);
  for (const [name, value] of Object.entries(EVERYWHERE)) db.pragma(`${name} = ${value.set}`);
  return db;
}

/** The writer's connection. A file that does not exist is created, whole or not at all. */
export function openWriterConnection(options: ConnectionOptions): Sqlite.Database {
  if (!existsSync(options.file)) createFile(options);
  inspectFile(options.file);
  return open(options, false);
}

/** A connection that cannot write, whatever is asked of it. */
export function openReaderConnection(options: ConnectionOptions): Sqlite.Database {
  return open(options, true);
}

/**
 * A connection to what is left of a damaged file: it cannot write, and a file that is shorter than its header says is read as far as
 * it goes (which SQLite does only for somebody who is about to repair a schema).
 */
export function openRemains(options: ConnectionOptions): Sqlite.Database {
  const Driver = loadDriver();
  const db = new Driver(options.file, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    applyKey(db, options.key);
    db.pragma('temp_store = MEMORY');
    db.pragma('trusted_schema = OFF');
    // Only this lets the next line have an effect; the connection itself stays read-only.
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    db.pragma('query_only = ON');
    // Not the whole schema: what comes after a page that cannot be read is left out, and the precious tables come first.
    db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function open(options: ConnectionOptions, readonly: boolean): Sqlite.Database {
  const Driver = loadDriver();
  let db: Sqlite.Database | undefined;
  try {
    // With its log beside it SQLite also opens a file that it may only read, and would tell at the first message to be kept.
    if (!readonly) accessSync(options.file, constants.W_OK);
    db = new Driver(options.file, { readonly, fileMustExist: true, timeout: 5000 });
    applyKey(db, options.key);
    for (const [name, value] of Object.entries(EVERYWHERE)) db.pragma(`${name} = ${value.set}`);
    if (readonly) db.pragma('query_only = ON');
    else if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal')
      throw failure('read_only', 'no WAL');
    // The test query: reads the first page through the cipher, so a wrong key or a torn header shows here.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    if (!readonly) db.exec('BEGIN IMMEDIATE; COMMIT');
    return db;
  } catch (error) {
    db?.close();
    throw failureOf(error, options.keyIsRight ?? false) ?? error;
  }
}

/**
 * Gives the log the length that it will have anyway. A commit then writes over bytes that the file system has a place for, instead of
 * making the file longer, which costs several times as much to flush. SQLite reads the log as far as its frames are valid, so zeros behind
 * them are nothing to it. Only for the thread that writes, outside of a transaction; nothing is done where the disk has little room.
 * Throws what the file system throws, with the log as it was.
 */
export function lengthenLog(file: string): void {
  const handle = openSync(`${file}-wal`, 'r+');
  try {
    const { size } = fstatSync(handle);
    const missing = LOG_SIZE - size;
    const { bavail, bsize } = statfsSync(file);
    if (missing <= 0 || bavail * bsize < ROOM * LOG_SIZE) return;
    try {
      const written = writeSync(handle, Buffer.alloc(missing), 0, missing, size);
      if (written < missing) ftruncateSync(handle, size);
      else fdatasyncSync(handle);
    } catch (error) {
      ftruncateSync(handle, size);
      throw error;
    }
  } finally {
    closeSync(handle);
  }
}

/** Cipher, format and key, before anything else touches the file. The key never becomes part of an SQL text. */
export function applyKey(db: Sqlite.Database, key: Uint8Array): void {
  db.pragma("cipher = 'sqlcipher'");
  db.pragma('legacy = 4');
  withKeyLiteral(key, (literal) => db.key(literal));
}

/** The key in the form that the driver takes, wiped after use. */
export function withKeyLiteral(key: Uint8Array, work: (literal: Buffer) => unknown): void {
  if (key.byteLength !== KEY_BYTES)
    throw new TypeError(`The cache key has ${KEY_BYTES} bytes, not ${key.byteLength}`);
  const literal = Buffer.alloc(3 + KEY_BYTES * 2);
  literal.write("x'", 0, 'latin1');
  for (const [index, byte] of key.entries()) {
    literal.writeUInt8(hexDigit(byte >> 4), 2 + index * 2);
    literal.writeUInt8(hexDigit(byte & 15), 3 + index * 2);
  }
  literal.write("'", literal.length - 1, 'latin1');
  try {
    work(literal);
  } finally {
    literal.fill(0);
  }
}

function hexDigit(value: number): number {
  return value < 10 ? 48 + value : 87 + value;
}

/** Makes the file under another name and renames it, so that a crash here never leaves an empty file that looks damaged. */
function createFile(options: ConnectionOptions): void {
  const Driver = loadDriver();
  const temporary = `${options.file}.new`;
  let db: Sqlite.Database | undefined;
  try {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(temporary + suffix, { force: true });
    db = new Driver(temporary);
    applyKey(db, options.key);
    db.pragma(`page_size = ${PAGE_SIZE}`);
    db.pragma('auto_vacuum = INCREMENTAL');
    db.exec('BEGIN EXCLUSIVE; CREATE TABLE created (one INTEGER); DROP TABLE created; COMMIT');
    db.close();
    db = undefined;
    renameSync(temporary, options.file);
  } catch (error) {
    db?.close();
    throw failureOf(error) ?? error;
  }
}

/** What can be seen without a key: SQLite would take an empty file for a new database, and zeros for a wrong key. */
function inspectFile(file: string): void {
  let head: Buffer;
  try {
    const { size } = statSync(file);
    if (size < PAGE_SIZE || size % PAGE_SIZE !== 0) throw failure('damaged', 'truncated');
    head = Buffer.alloc(PAGE_SIZE);
    const handle = openSync(file, 'r');
    try {
      readSync(handle, head, 0, PAGE_SIZE, 0);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw failureOf(error) ?? error;
  }
  if (head.every((byte) => byte === 0)) throw failure('damaged', 'zeros');
}

function readValues(): Record<string, number> {
  return Object.fromEntries(Object.entries(EVERYWHERE).map(([name, value]) => [name, value.read]));
}
