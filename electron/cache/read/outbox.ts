import type { OutboxItem } from '../../../shared/contract/rows.ts';
import { previewText } from '../../../shared/domain/message-content.ts';
import type { ReadableDb } from '../sql.ts';
import { commandOf, statusOf } from '../store/outbox-row.ts';
import type { OutboxRow } from '../store/outbox-row.ts';

/** Everything that the gateway has not taken, oldest first. The name is empty when the conversation is not here any more. */
export function readOutboxItems(db: ReadableDb): OutboxItem[] {
  const rows = db.all<OutboxRow & { contactName: string | null }>`
    SELECT o.n, o.id, o.conversation_id AS conversationId, o.type, o.subject_id AS subjectId, o.command, o.me, o.state, o.attempts,
      o.next_at AS nextAt, o.error, o.ack_seq AS ackSeq, o.created_at AS createdAt, c.contact_name AS contactName
    FROM outbox o LEFT JOIN conversations c ON c.id = o.conversation_id
    WHERE o.state <> 'sent' ORDER BY o.n`;
  return rows.map((row) => ({
    status: statusOf(row),
    type: row.type,
    conversationId: row.conversationId,
    contactName: row.contactName ?? '',
    text: textOf(row),
    createdAt: row.createdAt,
  }));
}

function textOf(row: OutboxRow): string {
  const command = commandOf(row);
  if (command.type === 'message.send') return previewText(command.data.content);
  return command.type === 'note.add' ? command.data.body.slice(0, 160) : '';
}
