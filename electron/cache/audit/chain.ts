/** The audit's table: rows are appended, each with the hash of the row before. */
import { createHash } from 'node:crypto';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from '../store/context.ts';
import type { AuditCheck, AuditEntry, AuditFilter, AuditPlace, NewAuditEntry } from './types.ts';

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
  { before, limit, actions, personId, from, to }: { before: number | null; limit: number } & AuditFilter,
): AuditEntry[] {
  const person = personId ?? null;
  const quoted = person === null ? null : JSON.stringify(person);
  const wanted = actions == null ? null : JSON.stringify(actions);
  const rows = db.all<Row>`
    SELECT seq, at, actor_id AS actorId, action, subjects, counts, reason, previous, hash FROM audit
    WHERE seq < ${before ?? Number.MAX_SAFE_INTEGER}
      AND at >= ${from ?? 0} AND at < ${to ?? Number.MAX_SAFE_INTEGER}
      AND (${person} IS NULL OR actor_id = ${person} OR instr(subjects, ${quoted}) > 0)
      AND (${wanted} IS NULL OR EXISTS (SELECT 1 FROM json_each(${wanted}) AS w
        WHERE action = w.value OR substr(action, 1, length(w.value) + 1) = w.value || '.'))
    ORDER BY seq DESC LIMIT ${limit}`;
  return rows.map(entryOf);
}

export function readAuditAfter(
  db: ReadableDb,
  { after, limit }: { after: number; limit: number },
): AuditEntry[] {
  const rows = db.all<Row>`
    SELECT seq, at, actor_id AS actorId, action, subjects, counts, reason, previous, hash FROM audit
    WHERE seq > ${after} ORDER BY seq LIMIT ${limit}`;
  return rows.map(entryOf);
}

export function readAuditExtent(db: ReadableDb): { entries: number; since: number | null } {
  const row = db.get<{ entries: number; since: number | null }>`
    SELECT count(*) AS entries, (SELECT at FROM audit ORDER BY seq LIMIT 1) AS since FROM audit`;
  return row ?? { entries: 0, since: null };
}

/** Reads all of it, oldest first. The oldest entry that is still here may stand for others that were purged by their age. */
export function verifyAudit(db: ReadableDb): AuditCheck {
  const { entries, brokenAt } = verifyAuditPart(db, { after: null, limit: Number.MAX_SAFE_INTEGER });
  return { entries, brokenAt };
}

/** A stretch of it, so that nobody else waits for the whole and progress can be told. */
export function verifyAuditPart(
  db: ReadableDb,
  { after, limit }: { after: AuditPlace | null; limit: number },
): AuditCheck & { next: AuditPlace | null } {
  let entries = 0;
  let last = after;
  const rows = db.iterate<Row>`
    SELECT seq, at, actor_id AS actorId, action, subjects, counts, reason, previous, hash FROM audit
    WHERE seq > ${after?.seq ?? 0} ORDER BY seq LIMIT ${limit}`;
  for (const row of rows) {
    const entry = readable(row);
    if (entry === null) return { entries, brokenAt: row.seq, next: null };
    const { hash, ...rest } = entry;
    const follows: boolean =
      last === null
        ? rest.seq > 1 || rest.previous === FIRST
        : rest.seq === last.seq + 1 && rest.previous === last.hash;
    if (!follows || hashOf(rest) !== hash) return { entries, brokenAt: rest.seq, next: null };
    entries += 1;
    last = { seq: rest.seq, hash };
  }
  return { entries, brokenAt: null, next: entries < limit ? null : last };
}

/** Null: what was changed does not even parse any more. */
function readable(row: Row): AuditEntry | null {
  try {
    return entryOf(row);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
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
