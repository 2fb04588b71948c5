/** What keeps the file and its journal as small, and the next commit as quick, as they can be. For the writer, outside of a transaction. */
import type Sqlite from 'better-sqlite3';
import { lengthenLog } from '../connection.ts';
import { codeOf } from '../failure.ts';

/** Pages given back at once. */
const GIVEN_BACK = 256;

/** What was deleted leaves the disk now, not at the next checkpoint: freed pages are zeros already (secure_delete). */
export function forget(raw: Sqlite.Database): void {
  raw.pragma('incremental_vacuum');
  raw.pragma('wal_checkpoint(TRUNCATE)');
}

/** Gives some free pages back to the disk; once none is left, empties the journal. Answers whether there are more. */
export function giveBack(raw: Sqlite.Database): boolean {
  const free = (): number => Number(raw.pragma('freelist_count', { simple: true }));
  raw.pragma(`incremental_vacuum(${GIVEN_BACK})`);
  if (free() > 0) return true;
  raw.pragma('wal_checkpoint(TRUNCATE)');
  return false;
}

/** It only makes commits quicker: a disk without room is told of when something has to be written. */
export function lengthenLogIfPossible(raw: Sqlite.Database): void {
  if (raw.memory) return;
  try {
    lengthenLog(raw.name);
  } catch (error) {
    if (codeOf(error) === null) throw error;
  }
}
