/** A command goes into the outbox together with what it shows at once, in one transaction. */
import type { Command } from '../../../shared/protocol/commands.ts';
import { CacheRefusal } from '../api.ts';
import type { Tx } from '../store/context.ts';
import { findConversation, refreshConversation } from '../store/conversations.ts';
import { findMessage, shownMessage } from '../store/messages.ts';
import { outboxRow, subjectOf } from '../store/outbox-row.ts';
import { showPending } from '../store/restore.ts';

/** Stores the command and shows its effect. The same id again changes nothing. */
export function enqueue(tx: Tx, { command, me, now }: { command: Command; me: string; now: number }): void {
  const { conversationId } = command.data;
  const owner = findConversation(tx.db, conversationId);
  if (owner === undefined) throw new CacheRefusal('not_found', 'the conversation is not in the cache');
  if (outboxRow(tx.db, command.id) !== undefined) return;
  if (command.type === 'message.retry') checkFailed(tx, command.data.messageId);
  tx.db.run`
    INSERT INTO outbox (id, conversation_id, type, subject_id, command, me, state, created_at)
    VALUES (${command.id}, ${conversationId}, ${command.type}, ${subjectOf(command)}, ${JSON.stringify(command)}, ${me},
      'waiting', ${now})`;
  tx.pending.add(conversationId);
  const row = outboxRow(tx.db, command.id);
  if (row === undefined) throw new Error('the outbox row is gone');
  showPending(tx, owner, row);
  refreshConversation(tx, conversationId);
  tx.changes.conversation(conversationId);
  tx.changes.lists = true;
  tx.changes.outbox = true;
}

function checkFailed(tx: Tx, messageId: string): void {
  const record = findMessage(tx.db, messageId);
  if (record === undefined) throw new CacheRefusal('not_found', 'the message is not in the cache');
  if (shownMessage(record).delivery?.status !== 'failed') {
    throw new CacheRefusal('conflict', 'the message has not failed');
  }
}
