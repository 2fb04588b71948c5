/** The conversations of the first sync, each with its contact and its newest messages. As `pages.ts`: text put together, not parsed. */
import type { Consents } from './consents.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';
import type { Merges } from './merges.ts';
import { conversationCursorOf } from './page-cursor.ts';
import type { ConversationCursor, Place } from './page-cursor.ts';
import { MAX_PAGE_CHARS, MAX_SCAN } from './pages.ts';
import { canSeeConversation } from './visibility.ts';
import type { Audience, Viewer } from './visibility.ts';

/** Newest messages that come with each of the first conversations of the first page: enough to read without a further call. */
const FIRST_MESSAGES = 20;
const FIRST_CONVERSATIONS = 100;
const LATER_MESSAGES = 1;

type Row = Audience & { id: string; at: number; state: string; contactId: string; contact: string };
/** A page under way. */
type Items = { json: string[]; contactIds: Set<string> };

export function createConversationPages(db: Db, parts: { log: Log; consents: Consents; merges: Merges }) {
  const { log, consents, merges } = parts;
  const columns = `c.id, c.active_at AS at, c.state, c.channel_id AS channelId, c.assignee_id AS assigneeId,
    c.team_id AS teamId, c.contact_id AS contactId, k.state AS contact`;
  const newest = db.prepare<Row>(
    `SELECT ${columns} FROM conversations c JOIN contacts k ON k.id = c.contact_id
     WHERE c.ws = ? AND (c.active_at, c.id) < (?, ?) ORDER BY c.active_at DESC, c.id DESC`,
  );
  const byId = db.prepare<Row>(
    `SELECT ${columns} FROM conversations c JOIN contacts k ON k.id = c.contact_id WHERE c.id = ?`,
  );
  const named = db.prepare<{ seq: number; conversation_id: string }>(
    `SELECT seq, conversation_id FROM log WHERE ws = ? AND seq > ? AND conversation_id IS NOT NULL ORDER BY seq LIMIT ?`,
  );
  const messagesOf = db.prepare<{ state: string }>(
    'SELECT state FROM messages WHERE conversation_id = ? ORDER BY sent_at DESC, id DESC LIMIT ?',
  );

  function itemOf(row: Row, wanted: number): string {
    const messages = messagesOf.all(row.id, wanted).map((message) => message.state);
    return `{"conversation":${row.state},"contact":${row.contact},"messages":[${messages.toReversed().join(',')}]}`;
  }

  function pageOf(head: number, { json, contactIds }: Items, next: ConversationCursor | null): string {
    const cursor = next === null ? 'null' : JSON.stringify(conversationCursorOf(next));
    const ids = [...contactIds];
    return (
      `{"asOf":${head},"items":[${json.join(',')}],"consents":[${consents.statesOf(ids).join(',')}],` +
      `"merges":[${merges.statesOf(ids).join(',')}],"next":${cursor}}`
    );
  }

  function walk(viewer: Viewer, since: number | null, from: Place, limit: number): string {
    const { head } = log.ends(viewer.ws);
    const items: Items = { json: [], contactIds: new Set() };
    let size = 0;
    let looked = 0;
    for (const row of newest.iterate(viewer.ws, from.at, from.id)) {
      looked += 1;
      if (canSeeConversation(viewer, row)) {
        const first = since === null && items.json.length < FIRST_CONVERSATIONS;
        const item = itemOf(row, first ? FIRST_MESSAGES : LATER_MESSAGES);
        items.json.push(item);
        items.contactIds.add(row.contactId);
        size += item.length;
      }
      if (items.json.length >= limit || size >= MAX_PAGE_CHARS || looked >= MAX_SCAN) {
        return pageOf(head, items, { phase: 'walk', since: since ?? head, from: { at: row.at, id: row.id } });
      }
    }
    return pageOf(head, items, since === null || since >= head ? null : { phase: 'tail', after: since });
  }

  /** What changed while the walk went on: a conversation that jumped over its place would be missed, and its contact with it. */
  function tail(viewer: Viewer, after: number, limit: number): string {
    const { head } = log.ends(viewer.ws);
    const items: Items = { json: [], contactIds: new Set() };
    const seen = new Set<string>();
    const rows = named.all(viewer.ws, after, MAX_SCAN);
    for (const { seq, conversation_id: id } of rows) {
      if (seen.has(id)) continue;
      seen.add(id);
      const row = byId.get(id);
      if (row === undefined || !canSeeConversation(viewer, row)) continue;
      items.json.push(itemOf(row, LATER_MESSAGES));
      items.contactIds.add(row.contactId);
      if (items.json.length >= limit) return pageOf(head, items, { phase: 'tail', after: seq });
    }
    const last = rows.at(-1);
    const more = rows.length >= MAX_SCAN && last !== undefined;
    return pageOf(head, items, more ? { phase: 'tail', after: last.seq } : null);
  }

  return {
    /** `ConversationPage` as JSON: newest first, each with its contact and its newest messages (oldest of them first). */
    page(viewer: Viewer, cursor: ConversationCursor, limit: number): string {
      if (cursor.phase === 'tail') return tail(viewer, cursor.after, limit);
      return walk(viewer, cursor.since, cursor.from, limit);
    },
  };
}
