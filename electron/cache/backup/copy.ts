/** Runs in a thread of its own: writes a copy of the cache under another key, looks through one. */
import { statSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { applyKey, withKeyLiteral } from '../connection.ts';
import { loadDriver } from '../driver.ts';
import { failureOf } from '../failure.ts';
import { schemaVersion } from '../migrations/list.ts';
import type { ReadableDb } from '../sql.ts';
import { WRITTEN_TYPES } from '../store/outbox-row.ts';
import { readSession } from '../store/session.ts';
import type { CopyCounts, CopyReport } from './types.ts';

/**
 * VACUUM INTO keeps the cipher and its key, so no byte is ever plain; then every page is written again under the copy's own key. The
 * target must not exist. Both keys are wiped here.
 */
export function copyInto(
  raw: Sqlite.Database,
  input: { target: string; key: Uint8Array; targetKey: Uint8Array },
): number {
  const Driver = loadDriver();
  let copy: Sqlite.Database | undefined;
  try {
    // It writes another file; this connection stays read-only by how it was opened.
    raw.pragma('query_only = OFF');
    raw.prepare('VACUUM INTO ?').run(input.target);
    copy = new Driver(input.target, { fileMustExist: true });
    applyKey(copy, input.key);
    copy.pragma('temp_store = MEMORY');
    // Pages as they were, in the journal, would be a second copy under the first key.
    copy.pragma('journal_mode = MEMORY');
    const opened = copy;
    withKeyLiteral(input.targetKey, (literal) => opened.rekey(literal));
    copy.close();
    copy = undefined;
    return statSync(input.target).size;
  } catch (error) {
    copy?.close();
    throw failureOf(error) ?? error;
  } finally {
    input.key.fill(0);
    input.targetKey.fill(0);
    raw.pragma('query_only = ON');
  }
}

export function countsOf(db: ReadableDb): CopyCounts {
  const row = db.get<CopyCounts>`
    SELECT (SELECT count(*) FROM conversations) AS conversations, (SELECT count(*) FROM contacts) AS contacts,
      (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM notes) AS notes,
      (SELECT count(*) FROM drafts) AS drafts, 0 AS outbox, (SELECT count(*) FROM erased) AS erased,
      (SELECT count(*) FROM media WHERE file IS NOT NULL) + (SELECT count(*) FROM staged_media) AS files`;
  if (row === undefined) throw new Error('counting answered nothing');
  const unsent = db.all<{ type: string }>`SELECT type FROM outbox WHERE state <> 'sent'`;
  return { ...row, outbox: unsent.filter(({ type }) => WRITTEN_TYPES.includes(type)).length };
}

/** Reads every page: a page that was changed does not fit its authentication code. */
export function lookThrough(raw: Sqlite.Database, db: ReadableDb): CopyReport {
  const sound = raw.pragma('integrity_check(1)', { simple: true }) === 'ok';
  const session = readSession(db);
  const times = db.get<{ oldest: number | null; newest: number | null }>`
    SELECT min(sent_at) AS oldest, max(sent_at) AS newest FROM messages`;
  return {
    sound,
    schema: schemaVersion(raw),
    counts: countsOf(db),
    owner: session === null ? null : { me: session.me, workspace: session.workspace },
    oldestMessageAt: times?.oldest ?? null,
    newestMessageAt: times?.newest ?? null,
  };
}

/** Names of the encrypted files that the rows have keys for. */
export function fileNames(db: ReadableDb): { file: string }[] {
  return db.all<{ file: string }>`
    SELECT file FROM media WHERE file IS NOT NULL UNION SELECT file FROM staged_media ORDER BY file`;
}
