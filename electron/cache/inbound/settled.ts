import type { Tx } from '../store/context.ts';
import { refreshMessage, refreshRows } from '../store/restore.ts';

type Row = { n: number; id: string; lane: string; type: string; subjectId: string | null };

/** Removes commands that the gateway took and whose events the cursor has now passed. Answers their ids. */
export function removeSettled(tx: Tx, cursor: number): string[] {
  const rows = tx.db.all<Row>`
    SELECT n, id, conversation_id AS lane, type, subject_id AS subjectId
    FROM outbox WHERE state = 'sent' AND ack_seq <= ${cursor}`;
  if (rows.length === 0) return [];
  tx.db.run`DELETE FROM outbox WHERE state = 'sent' AND ack_seq <= ${cursor}`;
  for (const { subjectId, type } of rows) if (type.startsWith('message.')) refreshMessage(tx, subjectId);
  refreshRows(tx, rows);
  tx.changes.outbox = true;
  return rows.map((row) => row.id);
}
