/** What is known of import jobs, their rows, and who is here already. */
import type { ImportCounts, ImportJob, ImportLine } from '../../../shared/contract/imports.ts';
import type { ChannelKind } from '../../../shared/domain/channel.ts';
import type { ContactChange } from '../../../shared/domain/contact.ts';
import { phoneKey } from '../../../shared/text/phone.ts';
import type { ReadableDb } from '../sql.ts';
import type { ImportChange, ImportRow, Verdict } from './types.ts';

type Json = { json: string };
type Row = Omit<ImportRow, 'change' | 'before' | 'done'> & {
  change: string | null;
  before: string | null;
  done: number;
};

export function readImports(db: ReadableDb): ImportJob[] {
  return db.all<Json>`SELECT json FROM imports ORDER BY started_at DESC, id DESC`.map(
    ({ json }) => JSON.parse(json) as ImportJob,
  );
}

export function readImport(db: ReadableDb, { importId }: { importId: string }): ImportJob | null {
  const row = db.get<Json>`SELECT json FROM imports WHERE id = ${importId}`;
  return row === undefined ? null : (JSON.parse(row.json) as ImportJob);
}

export function readImportRows(
  db: ReadableDb,
  input: { importId: string; from: number; limit: number; verdicts?: readonly Verdict[]; done?: boolean },
): ImportRow[] {
  const { importId, from, limit } = input;
  const verdicts = input.verdicts === undefined ? null : JSON.stringify(input.verdicts);
  const done = input.done === undefined ? null : Number(input.done);
  const rows = db.all<Row>`
    SELECT n, line, raw, verdict, name, contact_id AS contactId, reason, column_key AS "column", change, before, done
    FROM import_rows WHERE import_id = ${importId} AND n >= ${from}
      AND (${verdicts} IS NULL OR verdict IN (SELECT value FROM json_each(${verdicts})))
      AND (${done} IS NULL OR done = ${done})
    ORDER BY n LIMIT ${limit}`;
  return rows.map((row) => ({
    ...row,
    change: row.change === null ? null : (JSON.parse(row.change) as ImportChange),
    before: row.before === null ? null : (JSON.parse(row.before) as ContactChange['patch']),
    done: row.done === 1,
  }));
}

export function readImportLines(
  db: ReadableDb,
  input: { importId: string; verdict: Verdict | null; offset: number; limit: number },
): { lines: ImportLine[]; total: number } {
  const { importId, verdict, offset, limit } = input;
  const lines = db.all<ImportLine>`
    SELECT line, verdict, name, contact_id AS contactId, reason, column_key AS "column" FROM import_rows
    WHERE import_id = ${importId} AND verdict IS NOT NULL AND (${verdict} IS NULL OR verdict = ${verdict})
    ORDER BY n LIMIT ${limit} OFFSET ${offset}`;
  const total = db.get<{ n: number }>`
    SELECT count(*) AS n FROM import_rows
    WHERE import_id = ${importId} AND verdict IS NOT NULL AND (${verdict} IS NULL OR verdict = ${verdict})`;
  return { lines, total: total?.n ?? 0 };
}

export function readImportCounts(db: ReadableDb, { importId }: { importId: string }): ImportCounts {
  const rows = db.all<{ verdict: Verdict | null; n: number; done: number }>`
    SELECT verdict, count(*) AS n, sum(done) AS done FROM import_rows WHERE import_id = ${importId} GROUP BY verdict`;
  const counts: ImportCounts = { rows: 0, checked: 0, create: 0, update: 0, skip: 0, bad: 0, done: 0 };
  for (const { verdict, n, done } of rows) {
    counts.rows += n;
    counts.done += done;
    if (verdict === null) continue;
    counts.checked += n;
    counts[verdict] += n;
  }
  return counts;
}

export function readImportMapping(db: ReadableDb, { headers }: { headers: string }): string | null {
  return (
    db.get<{ mapping: string }>`SELECT mapping FROM import_mappings WHERE headers = ${headers}`?.mapping ??
    null
  );
}

export function readKnownContacts(
  db: ReadableDb,
  input: {
    phones: readonly string[];
    emails: readonly string[];
    identities: readonly { channelKind: ChannelKind; externalId: string }[];
  },
): Record<'phones' | 'emails' | 'identities', Record<string, string[]>> {
  const idsOf = (kind: string, key: string): string[] =>
    db.all<{ id: string }>`
      SELECT c.id FROM contact_keys k JOIN contacts c ON c.ref = k.ref
      WHERE k.kind = ${kind} AND k.key = ${key} ORDER BY k.ref`.map(({ id }) => id);
  const found = (asked: readonly string[], kind: string, keyOf: (text: string) => string) => {
    const known: Record<string, string[]> = {};
    for (const text of asked) {
      if (Object.hasOwn(known, text)) continue;
      const ids = idsOf(kind, keyOf(text));
      if (ids.length > 0) known[text] = ids;
    }
    return known;
  };
  const identities = input.identities.map(({ channelKind, externalId }) => `${channelKind}:${externalId}`);
  return {
    phones: found(input.phones, 'phone', phoneKey),
    emails: found(input.emails, 'email', (email) => email.trim().toLowerCase()),
    identities: found(identities, 'identity', (key) => key),
  };
}
