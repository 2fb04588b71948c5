/** Signing out, or being shut out: everything that can be had again goes, what the user wrote only when they said so. */
import { TABLES } from '../tables.ts';
import type { Tx } from './context.ts';
import { SEQUENCE_MIDDLE } from './sequence.ts';
import { readSession, writeSession } from './session.ts';
import { NOTHING_YET, writeSyncState } from './sync-state.ts';

/** As after the end of a session. */
const NO_TOKENS = { accessToken: '', accessExpiresAt: 0, refreshToken: '', refreshExpiresAt: 0 };
/** Tables that keep one row for ever, and the search index, which is emptied by a command of its own. */
const KEPT = new Set(['sync_state', 'index_state', 'people_state', 'contact_index', 'discarded_files']);
/** Tables that others refer to go last. */
const LAST = new Set(['conversations']);

export function clearCache(tx: Tx, discardUnsent: boolean): void {
  const { db } = tx;
  db.run`INSERT OR IGNORE INTO discarded_files (file) SELECT file FROM media WHERE file IS NOT NULL`;
  if (discardUnsent) db.run`INSERT OR IGNORE INTO discarded_files (file) SELECT file FROM staged_media`;
  const names = Object.entries(TABLES)
    .filter(([name, kind]) => kind === 'cache' && !KEPT.has(name))
    .map(([name]) => name)
    .toSorted((a, b) => Number(LAST.has(a)) - Number(LAST.has(b)));
  // The names come from the registry above, never from outside.
  for (const name of names) db.raw.exec(`DELETE FROM ${name}`);
  tx.indexer.clear(SEQUENCE_MIDDLE);
  writeSyncState(db, { ...NOTHING_YET, cursor: 0, stage: 'snapshot', epoch: tx.epoch + 1 });
  const session = readSession(db);
  if (discardUnsent || session === null) db.run`DELETE FROM session`;
  // What stays is that person's: nobody else may sign in over it.
  else writeSession(db, { ...session, tokens: NO_TOKENS });
  if (discardUnsent) {
    db.run`DELETE FROM outbox`;
    db.run`DELETE FROM drafts`;
    db.run`DELETE FROM staged_media`;
    db.run`DELETE FROM policy_versions`;
    db.run`DELETE FROM imports`;
    db.run`DELETE FROM import_rows`;
    db.run`DELETE FROM import_mappings`;
    db.run`DELETE FROM kept`;
    db.run`DELETE FROM anonymous_log`;
    db.run`DELETE FROM offline_pins`;
  }
  // What was being purged is gone altogether.
  db.run`DELETE FROM purges WHERE state = 'running'`;
  tx.people.changed = true;
  tx.changes.everything = true;
}
