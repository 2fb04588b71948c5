import type { OutboxChange, OutboxItem } from '../../../shared/contract/rows.ts';
import { previewText } from '../../../shared/domain/message-content.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import type { ReadableDb } from '../sql.ts';
import { commandOf, conversationOfLane, statusOf } from '../store/outbox-row.ts';
import type { OutboxRow } from '../store/outbox-row.ts';

/** What `unsentCount` counts. */
const MESSAGES: ReadonlySet<string> = new Set(['message.send', 'message.retry', 'note.add']);

type Restore = Extract<Command, { type: 'conversation.undo' }>['data']['restore'];

/**
 * What of the outbox a person knows of having done: everything of conversations that the gateway has not taken, oldest first, but how
 * far one has read.
 */
export function readOutboxItems(db: ReadableDb, { now }: { now: number }): OutboxItem[] {
  const rows = db.all<OutboxRow & { contactName: string | null }>`
    SELECT o.n, o.id, o.conversation_id AS lane, o.type, o.subject_id AS subjectId, o.command, o.me, o.state, o.attempts,
      o.next_at AS nextAt, o.error, o.ack_seq AS ackSeq, o.created_at AS createdAt, o.send_at AS sendAt, o.written, o.emitted,
      c.contact_name AS contactName
    FROM outbox o LEFT JOIN conversations c ON c.id = o.conversation_id
    WHERE o.state <> 'sent' AND o.type NOT IN ('conversation.read', 'conversation.start') ORDER BY o.n`;
  return rows.flatMap((row): OutboxItem[] => {
    const conversationId = conversationOfLane(row.lane);
    // Things of the library and contacts have no conversation to go to; a refusal takes them back.
    if (conversationId === null) return [];
    const command = commandOf(row);
    const change = changeOf(command);
    // What is neither is nothing that anybody knows of having done: taking back a mark that it is unread, for one.
    if (change === null && !MESSAGES.has(row.type)) return [];
    return [
      {
        status: statusOf(row, now),
        type: row.type,
        messageId: row.type === 'message.send' || row.type === 'note.add' ? row.subjectId : null,
        conversationId,
        contactName: row.contactName ?? '',
        text: textOf(command),
        content: command.type === 'message.send' ? command.data.content : null,
        change,
        createdAt: row.createdAt,
      },
    ];
  });
}

function textOf(command: Command): string {
  if (command.type === 'message.send') return previewText(command.data.content);
  return command.type === 'note.add' ? command.data.body.slice(0, 160) : '';
}

/** Taking something back is the change to what was before. */
function undoneOf(restore: Restore): OutboxChange | null {
  const { assigneeId, teamId, status, snoozedUntil, labelIds, unread } = restore;
  if (assigneeId !== undefined) return { type: 'assign', assigneeId, teamId: teamId ?? null };
  if (status !== undefined) return { type: 'status', status, snoozedUntil: snoozedUntil ?? null };
  if (labelIds !== undefined) return { type: 'labels', labelIds };
  return unread === undefined || unread === 0 ? null : { type: 'unread' };
}

function changeOf(command: Command): OutboxChange | null {
  switch (command.type) {
    case 'conversation.assign': {
      const { assigneeId, teamId } = command.data;
      return { type: 'assign', assigneeId, teamId: teamId ?? null };
    }
    case 'conversation.status': {
      const { status, snoozedUntil } = command.data;
      return { type: 'status', status, snoozedUntil };
    }
    case 'conversation.labels':
      return { type: 'labels', labelIds: command.data.labelIds };
    case 'conversation.undo':
      return undoneOf(command.data.restore);
    case 'conversation.unread':
      return { type: 'unread' };
    case 'message.react':
      return { type: 'react', emoji: command.data.emoji };
    default:
      return null;
  }
}
