/** Import jobs and their rows, as they are staged, judged and done. */
import type { ImportJob } from '../../../shared/contract/imports.ts';
import type { ContactChange } from '../../../shared/domain/contact.ts';
import type { Tx } from '../store/context.ts';
import type { RowVerdict, StagedRow } from './types.ts';

export function saveImport(tx: Tx, job: ImportJob): void {
  tx.db.run`
    INSERT INTO imports (id, state, started_at, json) VALUES (${job.id}, ${job.state}, ${job.startedAt}, ${JSON.stringify(job)})
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, started_at = excluded.started_at, json = excluded.json`;
  tx.changes.people = true;
}

export function stageImportRows(
  tx: Tx,
  { importId, rows }: { importId: string; rows: readonly StagedRow[] },
): void {
  for (const { n, line, raw } of rows) {
    tx.db.run`
      INSERT OR REPLACE INTO import_rows (import_id, n, line, raw) VALUES (${importId}, ${n}, ${line}, ${raw})`;
  }
}

export function setImportVerdicts(
  tx: Tx,
  { importId, verdicts }: { importId: string; verdicts: readonly RowVerdict[] },
): void {
  for (const { n, verdict, name, contactId, reason, column, change } of verdicts) {
    const json = change === null ? null : JSON.stringify(change);
    tx.db.run`
      UPDATE import_rows SET verdict = ${verdict}, name = ${name}, contact_id = ${contactId}, reason = ${reason},
        column_key = ${column}, change = ${json}
      WHERE import_id = ${importId} AND n = ${n} AND reason IS NOT 'erased'`;
  }
}

/** In the transaction that keeps their commands. */
export function markImportRows(
  tx: Pick<Tx, 'db'>,
  input: {
    importId: string;
    rows: readonly { n: number; before: ContactChange['patch'] | null }[];
    undo?: boolean;
    job?: ImportJob;
  },
): void {
  const { importId, rows, undo = false, job } = input;
  const done = Number(!undo);
  for (const { from, to } of stretchesOf(rows.map(({ n }) => n))) {
    tx.db.run`
      UPDATE import_rows SET done = ${done} WHERE import_id = ${importId} AND n BETWEEN ${from} AND ${to}`;
  }
  for (const { n, before } of rows) {
    if (before === null || undo) continue;
    tx.db.run`
      UPDATE import_rows SET before = ${JSON.stringify(before)} WHERE import_id = ${importId} AND n = ${n}`;
  }
  if (job === undefined) return;
  tx.db.run`
    UPDATE imports SET state = ${job.state}, json = ${JSON.stringify(job)} WHERE id = ${importId}`;
}

/** Numbers that follow each other, as one statement each: mostly a whole batch. */
function stretchesOf(numbers: readonly number[]): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const n of numbers.toSorted((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last !== undefined && n <= last.to + 1) last.to = n;
    else stretches.push({ from: n, to: n });
  }
  return stretches;
}

export function saveImportMapping(
  tx: Tx,
  { headers, mapping, now }: { headers: string; mapping: string; now: number },
): void {
  tx.db.run`
    INSERT INTO import_mappings (headers, mapping, used_at) VALUES (${headers}, ${mapping}, ${now})
    ON CONFLICT (headers) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at`;
}

export function discardImport(tx: Tx, { importId }: { importId: string }): void {
  tx.db.run`DELETE FROM import_rows WHERE import_id = ${importId}`;
  tx.db.run`DELETE FROM imports WHERE id = ${importId}`;
  tx.changes.people = true;
}
