/** Taking a conversation out of the cache, with everything that belongs to it. */
import type { Message, Note } from '../../../shared/domain/message.ts';
import type { Tx } from './context.ts';
import { leaveUnlessTold } from '../people/leave.ts';
import { clearMentions, dropConversation, findConversation } from './conversations.ts';
import type { ConversationRecord } from './conversations.ts';
import { addToCounter } from './counters.ts';
import { deleteDraftWithFiles } from './drafts.ts';
import { deleteMediaOf } from './media.ts';
import { indexed } from './messages.ts';
import { indexedNote } from './notes.ts';
import { unpackMessage } from './stored-message.ts';

type MessageRow = { seq: number; id: string; sentAt: number; rev: number; json: string };
type NoteRow = { seq: number; json: string };

/**
 * Removes a conversation that this user may not see any more. What the user wrote and the gateway never took stays in the outbox,
 * held: it exists nowhere else. Changes that only made sense inside the conversation go; what is to bring it back stays. `told`: its contact,
 * left without a conversation, goes too unless it was told after this number.
 */
export function withdrawConversation(
  tx: Tx,
  conversationId: string,
  told = Number.POSITIVE_INFINITY,
): boolean {
  const { db } = tx;
  const record = findConversation(db, conversationId);
  if (tx.outbox.has(conversationId)) {
    db.run`
      UPDATE outbox SET state = 'held', error = 'not_found', next_at = NULL
      WHERE conversation_id = ${conversationId} AND state <> 'sent' AND type IN ('message.send', 'note.add')`;
    db.run`DELETE FROM outbox WHERE conversation_id = ${conversationId} AND state <> 'held' AND type <> 'conversation.undo'`;
    tx.changes.outbox = true;
  }
  if (record === undefined) return false;
  emptyConversation(tx, record);
  deleteDraftWithFiles(tx, conversationId);
  dropConversation(tx, findConversation(db, conversationId) ?? record);
  leaveUnlessTold(tx, record.contactId, told);
  return true;
}

/** Removes the messages, notes and files of a conversation, index first. */
export function emptyConversation(tx: Tx, record: ConversationRecord): void {
  const { db } = tx;
  const { ref, id, channelId } = record;
  const messages = db.all<MessageRow>`
    SELECT seq, id, sent_at AS sentAt, rev, json FROM messages WHERE conversation = ${ref} ORDER BY seq`;
  const notes = db.all<NoteRow>`SELECT seq, json FROM notes WHERE conversation = ${ref} ORDER BY seq`;
  for (const row of messages) {
    const message: Message = unpackMessage(row.json, { ...row, conversationId: id, channelId });
    tx.indexer.remove(row.seq, indexed(message, ref));
  }
  for (const row of notes) {
    tx.indexer.remove(row.seq, indexedNote(JSON.parse(row.json) as Note, record));
  }
  clearMentions(tx, ref);
  db.run`DELETE FROM message_base WHERE seq IN (SELECT seq FROM messages WHERE conversation = ${ref})`;
  db.run`DELETE FROM status_history WHERE message IN (SELECT seq FROM messages WHERE conversation = ${ref})`;
  db.run`DELETE FROM messages WHERE conversation = ${ref}`;
  db.run`DELETE FROM activities WHERE conversation = ${ref}`;
  db.run`DELETE FROM notes WHERE conversation = ${ref}`;
  deleteMediaOf(db, ref);
  db.run`UPDATE conversations SET failed = 0, foreign_rev = 0 WHERE ref = ${ref}`;
  addToCounter(db, 'messages', -messages.length, 0);
}

/** The gateway did not begin a conversation that was begun here. What was written in it waits for a choice; the contact stays. */
export function dropStarted(tx: Tx, conversationId: string): void {
  const record = findConversation(tx.db, conversationId);
  if (record === undefined || record.rev > 0) return;
  tx.db.run`
    UPDATE outbox SET state = 'held', error = 'not_found', next_at = NULL
    WHERE conversation_id = ${conversationId} AND state <> 'sent' AND type IN ('message.send', 'note.add')`;
  tx.db.run`DELETE FROM outbox WHERE conversation_id = ${conversationId} AND state <> 'held'`;
  tx.changes.outbox = true;
  emptyConversation(tx, record);
  dropConversation(tx, findConversation(tx.db, conversationId) ?? record);
}
