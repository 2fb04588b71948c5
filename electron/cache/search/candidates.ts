/** Rows that a search looks at: those that the index names, and those that are not in it yet. */
import type { Note } from '../../../shared/domain/message.ts';
import type { ReadableDb } from '../sql.ts';
import { indexed } from '../store/messages.ts';
import type { IndexedDocument } from '../store/messages.ts';
import { indexedNote } from '../store/notes.ts';
import { EVERYTHING } from './shards.ts';
import type { SequenceRange } from './shards.ts';
import { unpackMessage } from '../store/stored-message.ts';

export type Candidate = {
  type: 'message' | 'note';
  id: string;
  ref: number;
  conversationId: string;
  contactName: string;
  at: number;
  /** Whether it did not get through: the provider refused it, or it waits for a choice. */
  failed(): boolean;
  /** Parses the row: only for one that passes everything else. */
  document(): IndexedDocument;
};

type Row = {
  id: string;
  ref: number;
  conversationId: string;
  channelId: string;
  contactName: string;
  sentAt: number;
  rev: number;
  json: string;
};

/**
 * The stretches of the sequence that are each in the order of time: what came live or with its conversation, and the history behind it.
 * A result takes the newest of both.
 */
export function stretches(db: ReadableDb): SequenceRange[] {
  const below =
    db.get<{ below: number | null }>`SELECT history_below AS below FROM index_state`?.below ?? null;
  if (below === null) return [EVERYTHING];
  return [
    { from: below, to: EVERYTHING.to },
    { from: EVERYTHING.from, to: below },
  ];
}

/** Numbers of all messages and notes of a stretch, newest first. */
export function* walkAll(db: ReadableDb, { from, to }: SequenceRange): Generator<number> {
  const rows = db.iterate<{ seq: number }>`
    SELECT seq FROM messages WHERE seq >= ${from} AND seq < ${to}
    UNION ALL SELECT seq FROM notes WHERE seq >= ${from} AND seq < ${to} ORDER BY seq DESC`;
  for (const { seq } of rows) yield seq;
}

/**
 * Numbers of the messages and notes of one conversation, newest first, or null when there are more than `limit`: looking at each of a
 * few hundred rows is quicker than asking every shard for a word that is common elsewhere.
 */
export function walkConversation(db: ReadableDb, conversation: number, limit: number): number[] | null {
  const rows = db.all<{ seq: number }>`
    SELECT seq FROM messages WHERE conversation = ${conversation}
    UNION ALL SELECT seq FROM notes WHERE conversation = ${conversation} LIMIT ${limit + 1}`;
  if (rows.length > limit) return null;
  return rows.map((row) => row.seq).sort((a, b) => b - a);
}

/** Row numbers outside of the index, newest first, and how many more there are than `limit`. */
export function walkWaiting(db: ReadableDb, limit: number): { seqs: number[]; left: number } {
  const range = db.get<{ low: number; high: number }>`SELECT low, high FROM index_state`;
  if (range === undefined) return { seqs: [], left: 0 };
  const { low, high } = range;
  const rows = db.all<{ seq: number }>`
    SELECT seq FROM messages WHERE seq > ${high} UNION ALL SELECT seq FROM notes WHERE seq > ${high}
    UNION ALL SELECT seq FROM messages WHERE seq < ${low} UNION ALL SELECT seq FROM notes WHERE seq < ${low}`;
  const seqs = rows.map((row) => row.seq).toSorted((a, b) => b - a);
  return { seqs: seqs.slice(0, limit), left: Math.max(0, seqs.length - limit) };
}

/** A message or note with what filters and the result need; null when it is gone. */
export function candidateOf(db: ReadableDb, seq: number): Candidate | null {
  const row = db.get<Row>`
    SELECT m.id, c.ref, c.id AS conversationId, c.channel_id AS channelId, c.contact_name AS contactName,
      m.sent_at AS sentAt, m.rev, m.json
    FROM messages m JOIN conversations c ON c.ref = m.conversation WHERE m.seq = ${seq}`;
  if (row !== undefined) {
    return candidate(db, 'message', row, () => indexed(unpackMessage(row.json, row), row.ref));
  }
  const note = db.get<Row>`
    SELECT n.id, c.ref, c.id AS conversationId, c.channel_id AS channelId, c.contact_name AS contactName,
      n.created_at AS sentAt, n.rev, n.json
    FROM notes n JOIN conversations c ON c.ref = n.conversation WHERE n.seq = ${seq}`;
  if (note === undefined) return null;
  return candidate(db, 'note', note, () => indexedNote(JSON.parse(note.json) as Note, note));
}

function candidate(
  db: ReadableDb,
  type: Candidate['type'],
  row: Row,
  document: () => IndexedDocument,
): Candidate {
  const { id, ref, conversationId, contactName, sentAt } = row;
  const failed = (): boolean =>
    type === 'message' && row.rev > 0
      ? unpackMessage(row.json, row).delivery?.status === 'failed'
      : row.rev === 0 &&
        db.get`SELECT 1 FROM outbox WHERE subject_id = ${id} AND state = 'held'` !== undefined;
  return { type, id, ref, conversationId, contactName, at: sentAt, failed, document };
}
