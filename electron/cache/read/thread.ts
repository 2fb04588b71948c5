/** A thread: messages, notes and activities in one line of time, with what the outbox knows about them. */
import type { ThreadCursor } from '../../../shared/contract/rows.ts';
import type { ReadableDb } from '../sql.ts';
import { findConversation } from '../store/conversations.ts';
import type { ConversationRecord } from '../store/conversations.ts';
import { outboxOf, statusOf } from '../store/outbox-row.ts';
import type { OutboxRow } from '../store/outbox-row.ts';
import { JsonText } from './json.ts';

/** Message, note or activity. */
type Kind = 'm' | 'n' | 'a';
type Row = { id: string; at: number; rev: number; json: string };
type Line = Row & { kind: Kind };

/** What crosses to the asking side: `expandThread` there makes a `ThreadPage` of it. */
export type PackedThread = {
  conversationId: string;
  channelId: string;
  items: [type: Kind, id: string, at: number, rev: number, json: object, outbox: object | null][];
  older: 'cache' | 'gateway' | 'none';
  newer: boolean;
};

type ThreadInput = {
  conversationId: string;
  before: ThreadCursor | null;
  after?: ThreadCursor | null | undefined;
  limit: number;
  now?: number | undefined;
};

/** Above every time that there can be, for the newest page. */
const END: ThreadCursor = { at: Number.MAX_SAFE_INTEGER, id: '' };

/** The newest lines, or those before or after a place. */
export function readThread(db: ReadableDb, input: ThreadInput): JsonText {
  const { conversationId, before, limit, now = Date.now() } = input;
  const after = input.after ?? null;
  const owner = findConversation(db, conversationId);
  if (owner === undefined) return nothing(conversationId);
  if (after !== null) {
    const lines = linesAfter(db, owner.ref, after, limit + 1);
    return packed(db, owner, lines.slice(0, limit), { older: 'cache', newer: lines.length > limit }, now);
  }
  const lines = linesBefore(db, owner.ref, before ?? END, limit + 1);
  const older = lines.length > limit ? 'cache' : beginning(db, owner);
  return packed(db, owner, lines.slice(0, limit).reverse(), { older, newer: before !== null }, now);
}

/** Half of the lines before a message or a time, the other half from it on. */
export function readThreadAround(
  db: ReadableDb,
  input: {
    conversationId: string;
    target: { messageId: string } | { at: number };
    limit: number;
    now?: number;
  },
): JsonText | null {
  const { conversationId, target, limit, now = Date.now() } = input;
  const owner = findConversation(db, conversationId);
  if (owner === undefined) return null;
  const place = 'at' in target ? { at: target.at, id: '' } : placeOf(db, owner.ref, target.messageId);
  if (place === null) return null;
  const half = Math.floor(limit / 2);
  const before = linesBefore(db, owner.ref, place, limit + 1);
  // The line at the place itself opens this half: an id that ends one character earlier comes just before it.
  const from = linesAfter(db, owner.ref, { at: place.at, id: place.id.slice(0, -1) }, limit + 1).filter(
    (line) => line.at > place.at || line.id >= place.id,
  );
  // What one side does not need goes to the other.
  const olderCount = Math.min(before.length, Math.max(half, limit - from.length));
  const newerCount = limit - olderCount;
  const lines = [...before.slice(0, olderCount).reverse(), ...from.slice(0, newerCount)];
  const older = before.length > olderCount ? 'cache' : beginning(db, owner);
  return packed(db, owner, lines, { older, newer: from.length > newerCount }, now);
}

/** Whether the gateway has nothing older than what is here. */
export function isComplete(db: ReadableDb, owner: Pick<ConversationRecord, 'history'>): boolean {
  if (owner.history !== 'first_sync') return owner.history === 'complete';
  return db.get<{ stage: string }>`SELECT stage FROM sync_state`?.stage === 'done';
}

function beginning(db: ReadableDb, owner: ConversationRecord): 'none' | 'gateway' {
  return isComplete(db, owner) ? 'none' : 'gateway';
}

function placeOf(db: ReadableDb, conversation: number, id: string): ThreadCursor | null {
  const row = db.get<ThreadCursor>`
    SELECT sent_at AS at, id FROM messages WHERE id = ${id} AND conversation = ${conversation}
    UNION ALL SELECT created_at AS at, id FROM notes WHERE id = ${id} AND conversation = ${conversation}`;
  return row ?? null;
}

/** Newest first. */
function linesBefore(db: ReadableDb, conversation: number, { at, id }: ThreadCursor, limit: number): Line[] {
  const messages = db.all<Row>`
    SELECT id, sent_at AS at, rev, json FROM messages
    WHERE conversation = ${conversation} AND sent_at <= ${at} AND (sent_at < ${at} OR id < ${id})
    ORDER BY sent_at DESC, id DESC LIMIT ${limit}`;
  const notes = db.all<Row>`
    SELECT id, created_at AS at, rev, json FROM notes
    WHERE conversation = ${conversation} AND created_at <= ${at} AND (created_at < ${at} OR id < ${id})
    ORDER BY created_at DESC, id DESC LIMIT ${limit}`;
  const activities = db.all<Row>`
    SELECT id, at, rev, json FROM activities
    WHERE conversation = ${conversation} AND at <= ${at} AND (at < ${at} OR id < ${id})
    ORDER BY at DESC, id DESC LIMIT ${limit}`;
  return merged(messages, notes, activities, (a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, limit);
}

/** Oldest first. */
function linesAfter(db: ReadableDb, conversation: number, { at, id }: ThreadCursor, limit: number): Line[] {
  const messages = db.all<Row>`
    SELECT id, sent_at AS at, rev, json FROM messages
    WHERE conversation = ${conversation} AND sent_at >= ${at} AND (sent_at > ${at} OR id > ${id})
    ORDER BY sent_at, id LIMIT ${limit}`;
  const notes = db.all<Row>`
    SELECT id, created_at AS at, rev, json FROM notes
    WHERE conversation = ${conversation} AND created_at >= ${at} AND (created_at > ${at} OR id > ${id})
    ORDER BY created_at, id LIMIT ${limit}`;
  const activities = db.all<Row>`
    SELECT id, at, rev, json FROM activities
    WHERE conversation = ${conversation} AND at >= ${at} AND (at > ${at} OR id > ${id})
    ORDER BY at, id LIMIT ${limit}`;
  return merged(messages, notes, activities, (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).slice(0, limit);
}

function merged(
  messages: readonly Row[],
  notes: readonly Row[],
  activities: readonly Row[],
  order: (a: Line, b: Line) => number,
): Line[] {
  const lines = messages.map((row): Line => ({ ...row, kind: 'm' }));
  if (notes.length === 0 && activities.length === 0) return lines;
  for (const row of notes) lines.push({ ...row, kind: 'n' });
  for (const row of activities) lines.push({ ...row, kind: 'a' });
  return lines.sort(order);
}

function nothing(conversationId: string): JsonText {
  const empty: PackedThread = { conversationId, channelId: '', items: [], older: 'none', newer: false };
  return new JsonText(JSON.stringify(empty));
}

function packed(
  db: ReadableDb,
  owner: ConversationRecord,
  lines: readonly Line[],
  { older, newer }: Pick<PackedThread, 'older' | 'newer'>,
  now: number,
): JsonText {
  const pending: OutboxRow[] = outboxOf(db, owner.id);
  const items = lines.map((line) => {
    const outbox = pending.findLast((row) => row.subjectId === line.id);
    const status = outbox === undefined ? 'null' : JSON.stringify(statusOf(outbox, now));
    return `["${line.kind}",${JSON.stringify(line.id)},${line.at},${line.rev},${line.json},${status}]`;
  });
  return new JsonText(
    `{"conversationId":${JSON.stringify(owner.id)},"channelId":${JSON.stringify(owner.channelId)},"items":[${items.join(',')}],"older":"${older}","newer":${newer}}`,
  );
}
