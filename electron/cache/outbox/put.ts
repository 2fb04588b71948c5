/**
 * A command is kept first, in a transaction of one row and one page, because that is what the user waits for. Everything that it shows
 * (the message in the thread, the conversation's place in the list, counts) follows from the row, so it is written by the next
 * transaction, whichever that is, and before anybody reads. After a crash between the two it is written at the next opening.
 */
import type { Command } from '../../../shared/protocol/commands.ts';
import { CacheRefusal } from '../api.ts';
import type { WritableDb } from '../sql.ts';
import type { Tx } from '../store/context.ts';
import { findConversation, refreshConversation } from '../store/conversations.ts';
import { findMessage, shownMessage } from '../store/messages.ts';
import type { OutboxIndex } from '../store/outbox-index.ts';
import { subjectOf } from '../store/outbox-row.ts';
import { showPending } from '../store/restore.ts';

/** Stores the command. The same id again changes nothing. The caller holds a transaction. */
export function keep(
  db: WritableDb,
  outbox: OutboxIndex,
  { command, me, now }: { command: Command; me: string; now: number },
): void {
  const { conversationId } = command.data;
  if (db.get`SELECT 1 FROM conversations WHERE id = ${conversationId}` === undefined) {
    throw new CacheRefusal('not_found', 'the conversation is not in the cache');
  }
  if (outbox.find(command.id) !== undefined) return;
  if (command.type === 'message.retry') checkFailed(db, command.data.messageId);
  const { lastInsertRowid } = db.run`
    INSERT INTO outbox (id, conversation_id, type, subject_id, command, me, state, created_at)
    VALUES (${command.id}, ${conversationId}, ${command.type}, ${subjectOf(command)}, ${JSON.stringify(command)}, ${me},
      'waiting', ${now})`;
  outbox.add({ n: Number(lastInsertRowid), id: command.id, conversationId }, false);
}

/** Shows the effect of everything that was kept since the last time. */
export function showKept(tx: Tx): void {
  if (!tx.outbox.hasUnshown) return;
  const conversations = new Set<string>();
  for (const row of tx.outbox.takeUnshown()) {
    const owner = findConversation(tx.db, row.conversationId);
    if (owner !== undefined) showPending(tx, owner, row);
    tx.db.run`UPDATE outbox SET shown = 1 WHERE n = ${row.n}`;
    conversations.add(row.conversationId);
  }
  for (const id of conversations) {
    refreshConversation(tx, id);
    tx.changes.conversation(id);
  }
  tx.changes.lists = true;
  tx.changes.outbox = true;
}

function checkFailed(db: WritableDb, messageId: string): void {
  const record = findMessage(db, messageId);
  if (record === undefined) throw new CacheRefusal('not_found', 'the message is not in the cache');
  if (shownMessage(record).delivery?.status !== 'failed') {
    throw new CacheRefusal('conflict', 'the message has not failed');
  }
}
