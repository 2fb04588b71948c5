/** The audit's table: rows are appended, each with the hash of the row before. */
import { createHash } from 'node:crypto';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from '../store/context.ts';
import type { AuditCheck, AuditEntry, NewAuditEntry } from './types.ts';

const FIRST = '0'.repeat(64);

type Row = {
  seq: number;
  at: number;
  actorId: string | null;
  action: string;
  subjects: string;
  counts: string;
  reason: string | null;
  previous: string;
  hash: string;
};

export function appendAudit(tx: Tx, given: NewAuditEntry): AuditEntry {
  const last = tx.db.get<{
    seq: number;
    hash: string;
  }>`SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`;
  const { at, actorId, action, subjects, counts, reason } = given;
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at,
    actorId,
    action,
    subjects,
    counts,
    reason,
    previous: last?.hash ?? FIRST,
  };
  const hash = hashOf(entry);
  tx.db.run`
    INSERT INTO audit (seq, at, actor_id, action, subjects, counts, reason, previous, hash)
    VALUES (${entry.seq}, ${at}, ${actorId}, ${action}, ${JSON.stringify(subjects)}, ${JSON.stringify(counts)}, ${reason},
      ${entry.previous}, ${hash})`;
  return { ...entry, hash };
}

export function readAudit(
  db: ReadableDb,
  { before, limit }: { before: number | null; limit: number },
): AuditEntry[] {
  const rows = db.all<Row>`
    SELECT seq, at, actor_id AS actorId, action, subjects, counts, reason, previous, hash FROM audit
    WHERE seq < ${before ?? Number.MAX_SAFE_INTEGER} ORDER BY seq DESC LIMIT ${limit}`;
  return rows.map(entryOf);
}

/** Reads all of it, oldest first. The oldest entry that is still here may stand for others that were purged by their age. */
export function verifyAudit(db: ReadableDb): AuditCheck {
  let entries = 0;
  let last: { seq: number; hash: string } | null = null;
  const rows = db.iterate<Row>`
    SELECT seq, at, actor_id AS actorId, action, subjects, counts, reason, previous, hash FROM audit ORDER BY seq`;
  for (const row of rows) {
    const { hash, ...rest } = entryOf(row);
    const follows: boolean =
      last === null
        ? rest.seq > 1 || rest.previous === FIRST
        : rest.seq === last.seq + 1 && rest.previous === last.hash;
    if (!follows || hashOf(rest) !== hash) return { entries, brokenAt: rest.seq };
    entries += 1;
    last = { seq: rest.seq, hash };
  }
  return { entries, brokenAt: null };
}

function entryOf(row: Row): AuditEntry {
  return {
    ...row,
    subjects: JSON.parse(row.subjects) as string[],
    counts: JSON.parse(row.counts) as Record<string, number>,
  };
}

/** Every value in a fixed order. */
function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, actorId, action, subjects, counts, reason, previous } = entry;
  const sorted = Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([seq, at, actorId, action, subjects, sorted, reason, previous]);
  return createHash('sha256').update(text).digest('hex');
}
