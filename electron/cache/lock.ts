/**
 * One process at a time per cache. The lock is an exclusive transaction on an empty SQLite file beside the cache: the operating
 * system gives it back when the process dies, however it dies, so nothing is ever left to clean up.
 */
import { codeOf, failure, failureOf } from './failure.ts';
import { loadDriver } from './driver.ts';

export type CacheLock = { release(): void };

/** Takes the lock of `file`, or throws `in_use`. Held until released or until the process ends. */
export function acquireLock(file: string): CacheLock {
  const Driver = loadDriver();
  let db;
  try {
    db = new Driver(`${file}.lock`, { timeout: 0 });
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db?.close();
    // Something that is not ours lies there: it holds nothing worth keeping, but deleting it is not ours to decide.
    if (codeOf(error) === 'SQLITE_NOTADB') throw failure('damaged', 'lock file');
    throw failureOf(error) ?? error;
  }
  const held = db;
  return { release: () => void held.close() };
}
