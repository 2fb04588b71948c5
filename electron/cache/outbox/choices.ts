/** The user's choice about a message or note that did not get through: send it again, or throw it away. */
import type { Command } from '../../../shared/protocol/commands.ts';
import { CacheRefusal } from '../api.ts';
import type { Tx } from '../store/context.ts';
import { findConversation, refreshConversation } from '../store/conversations.ts';
import { deleteMessage, findMessage } from '../store/messages.ts';
import { deleteNote, findNote } from '../store/notes.ts';
import { commandOf } from '../store/outbox-row.ts';
import type { OutboxRow } from '../store/outbox-row.ts';
import { readSession } from '../store/session.ts';
import { keep, showKept } from './put.ts';

type Target = { conversationId: string; messageId: string };

/**
 * A held message waits again, in its old place, under a new command id (the gateway answers the old one as before for ever); a message
 * whose delivery failed becomes a `message.retry`.
 */
export function retryMessage(tx: Tx, input: Target & { commandId: string; now: number }): void {
  const { conversationId, messageId, commandId, now } = input;
  const row = writtenIn(tx, input);
  if (row === undefined) {
    const me = readSession(tx.db)?.me.id;
    if (me === undefined) throw new CacheRefusal('conflict', 'nobody is signed in');
    const command: Command = { id: commandId, type: 'message.retry', data: { conversationId, messageId } };
    keep(tx.db, tx.outbox, { command, me, now });
    showKept(tx);
    return;
  }
  if (findConversation(tx.db, conversationId) === undefined) {
    throw new CacheRefusal('not_found', 'the conversation is not in the cache');
  }
  if (row.state === 'held') {
    const command: Command = { ...commandOf(row), id: commandId };
    tx.db.run`
      UPDATE outbox SET id = ${commandId}, command = ${JSON.stringify(command)}, state = 'waiting', attempts = 0,
        next_at = NULL, error = NULL
      WHERE n = ${row.n}`;
    tx.outbox.add({ ...row, id: commandId }, true);
  } else if (row.state === 'waiting') {
    tx.db.run`UPDATE outbox SET next_at = NULL WHERE n = ${row.n}`;
  } else {
    throw new CacheRefusal('conflict', 'the message is under way');
  }
  show(tx, conversationId);
}

/** Removes what the gateway never took. Answers false when it is under way, taken, or not there. */
export function discardMessage(tx: Tx, target: Target): boolean {
  const row = writtenIn(tx, target);
  if (row === undefined || (row.state !== 'held' && row.state !== 'waiting')) return false;
  tx.db.run`DELETE FROM outbox WHERE n = ${row.n}`;
  const message = findMessage(tx.db, target.messageId);
  if (message !== undefined && message.rev === 0) deleteMessage(tx, message);
  const note = findNote(tx.db, target.messageId);
  if (note !== undefined && note.rev === 0) deleteNote(tx, note);
  show(tx, target.conversationId);
  return true;
}

function writtenIn(tx: Tx, { conversationId, messageId }: Target): OutboxRow | undefined {
  return tx.outbox
    .of(conversationId)
    .find((row) => row.subjectId === messageId && (row.type === 'message.send' || row.type === 'note.add'));
}

function show(tx: Tx, conversationId: string): void {
  refreshConversation(tx, conversationId);
  tx.changes.conversation(conversationId);
  tx.changes.lists = true;
  tx.changes.outbox = true;
}
