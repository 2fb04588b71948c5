/** Messages: the row, and what hangs on it (search index, file, failed count, raw history of statuses). */
import { mediaOf, searchableText } from '../../../shared/domain/message-content.ts';
import type { Message } from '../../../shared/domain/message.ts';
import { EXPIRED, blanked } from '../retention/kept.ts';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from './context.ts';
import { addFailed } from './conversations.ts';
import type { ConversationRecord } from './conversations.ts';
import { addToCounter } from './counters.ts';
import { putMedia } from './media.ts';
import { overlayMessage } from './overlay.ts';
import { packMessage, unpackMessage } from './stored-message.ts';

export type MessageRecord = {
  seq: number;
  id: string;
  ref: number;
  conversationId: string;
  channelId: string;
  sentAt: number;
  rev: number;
  json: string;
};

export function findMessage(db: ReadableDb, id: string): MessageRecord | undefined {
  return db.get<MessageRecord>`
    SELECT m.seq, m.id, m.conversation AS ref, c.id AS conversationId, c.channel_id AS channelId, m.sent_at AS sentAt,
      m.rev, m.json
    FROM messages m JOIN conversations c ON c.ref = m.conversation WHERE m.id = ${id}`;
}

/** The message as it is shown. */
export function shownMessage(record: MessageRecord): Message {
  return unpackMessage(record.json, record);
}

/** The message as the gateway knows it: without what is pending on it. */
export function baseMessage(db: ReadableDb, record: MessageRecord): Message {
  const base = db.get<{ json: string }>`SELECT json FROM message_base WHERE seq = ${record.seq}`;
  return unpackMessage(base?.json ?? record.json, record);
}

/** Adds a message of the gateway, or replaces the state of an older `rev`. `seq` is used only when it is new. */
export function putMessage(
  tx: Tx,
  arrived: Message,
  owner: ConversationRecord,
  seq: number,
): 'added' | 'replaced' | 'kept' {
  const message = tx.kept.message(arrived, owner.contactId);
  if (message === null) return 'kept';
  // Pages repeat much of what is here already: that must cost no more than a look at the number.
  const known = tx.db.get<{ rev: number; ref: number }>`
    SELECT rev, conversation AS ref FROM messages WHERE id = ${message.id}`;
  if (known === undefined) {
    const json = packMessage(message, owner.channelId);
    tx.db.run`
      INSERT INTO messages (seq, id, conversation, sent_at, rev, json)
      VALUES (${seq}, ${message.id}, ${owner.ref}, ${message.sentAt}, ${message.rev}, ${json})`;
    tx.indexer.add(seq, indexed(message, owner.ref));
    const media = mediaOf(message.content);
    if (media !== null && !tx.kept.isOver('media', message.sentAt, owner.id, owner.contactId))
      putMedia(tx, media, seq, owner.ref, message.rev > 0);
    if (hasFailed(message)) addFailed(tx, owner.ref, 1);
    return 'added';
  }
  if (known.ref !== owner.ref || known.rev >= message.rev) return 'kept';
  const existing = findMessage(tx.db, message.id);
  if (existing === undefined) return 'kept';
  replaceMessage(tx, existing, message);
  return 'replaced';
}

/** Stores the gateway's new state of a message that is here, with everything pending laid over it again. */
export function replaceMessage(tx: Tx, record: MessageRecord, given: Message): void {
  const { db } = tx;
  const contactId = contactOf(db, record.ref);
  const base = tx.kept.message(given, contactId) ?? blanked(given);
  const before = shownMessage(record);
  const pending = tx.outbox.of(record.conversationId);
  const shown = overlayMessage(base, pending);
  if (shown === base) db.run`DELETE FROM message_base WHERE seq = ${record.seq}`;
  else {
    db.run`
      INSERT INTO message_base (seq, json) VALUES (${record.seq}, ${packMessage(base, record.channelId)})
      ON CONFLICT (seq) DO UPDATE SET json = excluded.json`;
  }
  db.run`
    UPDATE messages SET sent_at = ${shown.sentAt}, rev = ${base.rev}, json = ${packMessage(shown, record.channelId)}
    WHERE seq = ${record.seq}`;
  tx.indexer.replace(record.seq, indexed(before, record.ref), indexed(shown, record.ref));
  const media = mediaOf(shown.content);
  if (media !== null && !tx.kept.isOver('media', base.sentAt, base.conversationId, contactId))
    putMedia(tx, media, record.seq, record.ref, base.rev > 0);
  addFailed(tx, record.ref, Number(hasFailed(shown)) - Number(hasFailed(before)));
}

function contactOf(db: ReadableDb, ref: number): string {
  return db.get<{ id: string }>`SELECT contact_id AS id FROM conversations WHERE ref = ${ref}`?.id ?? '';
}

/** Removes one message with all that hangs on it. */
export function deleteMessage(tx: Tx, record: MessageRecord): void {
  const { db } = tx;
  const message = shownMessage(record);
  tx.indexer.remove(record.seq, indexed(message, record.ref));
  if (hasFailed(message)) addFailed(tx, record.ref, -1);
  db.run`DELETE FROM message_base WHERE seq = ${record.seq}`;
  db.run`DELETE FROM status_history WHERE message = ${record.seq}`;
  db.run`
    INSERT OR IGNORE INTO discarded_files (file) SELECT file FROM media WHERE message = ${record.seq} AND file IS NOT NULL
      AND conversation = ${record.ref}`;
  db.run`DELETE FROM media WHERE conversation = ${record.ref} AND message = ${record.seq}`;
  db.run`DELETE FROM messages WHERE seq = ${record.seq}`;
  addToCounter(db, 'messages', -1, 0);
}

/** What the search index knows about a message. A deleted one is not found by its words any more. */
export function indexed(message: Message, ref: number): IndexedDocument {
  const { content } = message;
  // What is over its time is found by nothing.
  const over = content.kind === 'unknown' && content.type === EXPIRED;
  const kind = over ? 'text' : content.kind;
  return {
    text: message.deletedAt === null && !over ? searchableText(message.content) : '',
    conversation: ref,
    channelId: message.channelId,
    at: message.sentAt,
    kind: mediaOf(message.content) === null ? (kind === 'text' ? null : kind) : kind,
    author: message.author.type === 'user' ? message.author.userId : null,
    outgoing: message.direction === 'out',
  };
}

/** `kind`: what the message carries besides plain text, `note` for a note, null for neither. */
export type IndexedDocument = {
  text: string;
  conversation: number;
  channelId: string;
  at: number;
  kind: string | null;
  author: string | null;
  outgoing: boolean;
};

function hasFailed(message: Message): boolean {
  return message.delivery?.status === 'failed';
}
