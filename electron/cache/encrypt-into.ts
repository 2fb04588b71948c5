/**
 * A copy of the cache under another key, page by page: the log is folded into the file, the file is copied as it is (row numbers and
 * the search index stay what they are), and the copy alone is encrypted anew and read back. Whatever happens here, the cache itself is
 * only read; an unfinished copy is worth nothing and is removed.
 */
import { closeSync, copyFileSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { applyKey, withKeyLiteral } from './connection.ts';
import { loadDriver } from './driver.ts';
import { failure, failureOf } from './failure.ts';
import { TABLES } from './tables.ts';

export type EncryptInto = { into: string; key: Uint8Array; newKey: Uint8Array };

export function removeCopy(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}

/** For the thread that writes, outside of a transaction. Throws `CacheFailure`; then there is no copy. Answers its bytes. */
export function encryptInto(raw: Sqlite.Database, { into, key, newKey }: EncryptInto): number {
  const Driver = loadDriver();
  removeCopy(into);
  let copy: Sqlite.Database | undefined;
  try {
    const [fold] = raw.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (fold?.busy !== 0) throw failure('in_use', 'somebody reads the log');
    const counted = countsOf(raw);
    copyFileSync(raw.name, into);
    copy = new Driver(into, { fileMustExist: true, timeout: 5000 });
    applyKey(copy, key);
    copy.pragma('temp_store = MEMORY');
    // A page cannot get another key while a log is kept. Nothing else than this copy is at stake: no journal.
    copy.pragma('journal_mode = DELETE');
    copy.pragma('journal_mode = OFF');
    copy.pragma('synchronous = OFF');
    const opened = copy;
    withKeyLiteral(newKey, (literal) => opened.rekey(literal));
    copy.close();
    copy = new Driver(into, { readonly: true, fileMustExist: true, timeout: 5000 });
    applyKey(copy, newKey);
    copy.pragma('temp_store = MEMORY');
    // Every page is read through the new key, which is checked for each of them.
    if (copy.pragma('quick_check(1)', { simple: true }) !== 'ok') throw failure('damaged', 'the copy');
    if (countsOf(copy) !== counted) throw failure('damaged', 'the copy has other rows');
    copy.close();
    copy = undefined;
    const handle = openSync(into, 'r+');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    return statSync(into).size;
  } catch (error) {
    copy?.close();
    removeCopy(into);
    throw failureOf(error) ?? error;
  } finally {
    key.fill(0);
    newKey.fill(0);
  }
}

/** The rows of every table of ours. */
function countsOf(db: Sqlite.Database): string {
  return (
    Object.keys(TABLES)
      // An index without contents cannot be counted; its own tables are checked with the rest of the file.
      .filter((name) => name !== 'contact_index')
      .map((name) => `${name}=${String(db.prepare(`SELECT count(*) FROM ${name}`).pluck().get())}`)
      .join(' ')
  );
}
