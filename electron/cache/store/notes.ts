/** Internal notes: in the thread and in the search like messages, never on the wire to a customer. */
import type { Note } from '../../../shared/domain/message.ts';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from './context.ts';
import { addMention } from './conversations.ts';
import type { ConversationRecord } from './conversations.ts';
import type { IndexedDocument } from './messages.ts';

export type NoteRecord = {
  seq: number;
  id: string;
  ref: number;
  channelId: string;
  rev: number;
  json: string;
};

export function findNote(db: ReadableDb, id: string): NoteRecord | undefined {
  return db.get<NoteRecord>`
    SELECT n.seq, n.id, n.conversation AS ref, c.channel_id AS channelId, n.rev, n.json
    FROM notes n JOIN conversations c ON c.ref = n.conversation WHERE n.id = ${id}`;
}

/** Adds a note, or replaces the state of an older `rev` (an optimistic one has 0). */
export function putNote(tx: Tx, note: Note, owner: ConversationRecord, seq: number): boolean {
  const { db } = tx;
  if (note.rev > 0 && tx.kept.isOver('notes', note.createdAt, owner.id, owner.contactId)) return false;
  const existing = findNote(db, note.id);
  if (existing === undefined) {
    db.run`
      INSERT INTO notes (seq, id, conversation, created_at, rev, json)
      VALUES (${seq}, ${note.id}, ${owner.ref}, ${note.createdAt}, ${note.rev}, ${JSON.stringify(note)})`;
    tx.indexer.add(seq, indexedNote(note, owner));
    if (mentionsMe(tx, note)) addMention(tx, owner.ref, 1);
    return true;
  }
  if (existing.rev >= note.rev || existing.ref !== owner.ref) return false;
  const before = JSON.parse(existing.json) as Note;
  db.run`
    UPDATE notes SET created_at = ${note.createdAt}, rev = ${note.rev}, json = ${JSON.stringify(note)}
    WHERE seq = ${existing.seq}`;
  if (mentionsMe(tx, before) !== mentionsMe(tx, note))
    addMention(tx, owner.ref, mentionsMe(tx, note) ? 1 : -1);
  tx.indexer.replace(existing.seq, indexedNote(before, owner), indexedNote(note, owner));
  return true;
}

export function deleteNote(tx: Tx, record: NoteRecord): void {
  const note = JSON.parse(record.json) as Note;
  tx.indexer.remove(record.seq, indexedNote(note, record));
  if (mentionsMe(tx, note)) addMention(tx, record.ref, -1);
  tx.db.run`DELETE FROM notes WHERE seq = ${record.seq}`;
}

function mentionsMe(tx: Tx, note: Note): boolean {
  return tx.me !== null && note.mentions.includes(tx.me);
}

/** What the search index knows about a note. */
export function indexedNote(note: Note, owner: { ref: number; channelId: string }): IndexedDocument {
  return {
    text: note.body,
    conversation: owner.ref,
    channelId: owner.channelId,
    at: note.createdAt,
    kind: 'note',
    author: note.authorId,
    outgoing: false,
  };
}
