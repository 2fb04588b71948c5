/** A thread: messages and notes in one line of time, with what the outbox knows about them. */
import type { ThreadCursor } from '../../../shared/contract/rows.ts';
import type { ReadableDb } from '../sql.ts';
import { findConversation } from '../store/conversations.ts';
import type { ConversationRecord } from '../store/conversations.ts';
import { outboxOf, statusOf } from '../store/outbox-row.ts';
import type { OutboxRow } from '../store/outbox-row.ts';
import { JsonText } from './json.ts';

type Row = { id: string; at: number; rev: number; json: string };
type Line = Row & { note: boolean };

/** What crosses to the asking side: `expandThread` there makes a `ThreadPage` of it. */
export type PackedThread = {
  conversationId: string;
  channelId: string;
  items: [type: 'm' | 'n', id: string, at: number, rev: number, json: object, outbox: object | null][];
  older: 'cache' | 'gateway' | 'none';
};

/** Above every id that there can be, for the first page. */
const START: ThreadCursor = { at: Number.MAX_SAFE_INTEGER, id: '' };

export function readThread(
  db: ReadableDb,
  { conversationId, before, limit }: { conversationId: string; before: ThreadCursor | null; limit: number },
): JsonText {
  const owner = findConversation(db, conversationId);
  if (owner === undefined) return packed(conversationId, '', [], [], 'none');
  const { at, id } = before ?? START;
  const messages = db.all<Row>`
    SELECT id, sent_at AS at, rev, json FROM messages
    WHERE conversation = ${owner.ref} AND sent_at <= ${at} AND (sent_at < ${at} OR id < ${id})
    ORDER BY sent_at DESC, id DESC LIMIT ${limit + 1}`;
  const notes = db.all<Row>`
    SELECT id, created_at AS at, rev, json FROM notes
    WHERE conversation = ${owner.ref} AND created_at <= ${at} AND (created_at < ${at} OR id < ${id})
    ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`;
  const lines = mergeNewestFirst(messages, notes);
  const older = lines.length > limit ? 'cache' : isComplete(db, owner) ? 'none' : 'gateway';
  const page = lines.slice(0, limit).reverse();
  // Only a conversation with something pending keeps the gateway's state beside the shown one.
  const pending = owner.base === null ? [] : outboxOf(db, conversationId);
  return packed(conversationId, owner.channelId, page, pending, older);
}

/** Whether the gateway has nothing older than what is here. */
export function isComplete(db: ReadableDb, owner: Pick<ConversationRecord, 'history'>): boolean {
  if (owner.history !== 'first_sync') return owner.history === 'complete';
  return db.get<{ stage: string }>`SELECT stage FROM sync_state`?.stage === 'done';
}

function packed(
  conversationId: string,
  channelId: string,
  lines: readonly Line[],
  pending: readonly OutboxRow[],
  older: PackedThread['older'],
): JsonText {
  const items = lines.map((line) => {
    const outbox = pending.findLast((row) => row.subjectId === line.id);
    const status = outbox === undefined ? 'null' : JSON.stringify(statusOf(outbox));
    return `["${line.note ? 'n' : 'm'}",${JSON.stringify(line.id)},${line.at},${line.rev},${line.json},${status}]`;
  });
  return new JsonText(
    `{"conversationId":${JSON.stringify(conversationId)},"channelId":${JSON.stringify(channelId)},"items":[${items.join(',')}],"older":"${older}"}`,
  );
}

function mergeNewestFirst(messages: readonly Row[], notes: readonly Row[]): Line[] {
  const lines: Line[] = messages.map((row) => ({ ...row, note: false }));
  if (notes.length === 0) return lines;
  for (const row of notes) lines.push({ ...row, note: true });
  return lines.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}
