import type { Tx } from '../store/context.ts';
import { refreshConversation } from '../store/conversations.ts';
import { refreshMessage } from '../store/restore.ts';

type Row = { id: string; conversationId: string; subjectId: string | null };

/** Removes commands that the gateway took and whose events the cursor has now passed. Answers their ids. */
export function removeSettled(tx: Tx, cursor: number): string[] {
  const rows = tx.db.all<Row>`
    SELECT id, conversation_id AS conversationId, subject_id AS subjectId
    FROM outbox WHERE state = 'sent' AND ack_seq <= ${cursor}`;
  if (rows.length === 0) return [];
  tx.db.run`DELETE FROM outbox WHERE state = 'sent' AND ack_seq <= ${cursor}`;
  for (const { subjectId } of rows) refreshMessage(tx, subjectId);
  for (const id of new Set(rows.map((row) => row.conversationId))) {
    refreshConversation(tx, id);
    tx.changes.conversation(id);
  }
  tx.changes.outbox = true;
  return rows.map((row) => row.id);
}
