import type { DiagnosticsReport } from '../../../shared/contract/diagnostics.ts';
import type { Diagnostics } from '../../../shared/contract/rows.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { Message, Note } from '../../../shared/domain/message.ts';
import { EventData } from '../../../shared/protocol/events.ts';
import type { ReadableDb } from '../sql.ts';
import { readTotal } from '../store/counters.ts';
import { unpackMessage } from '../store/stored-message.ts';

export type DiagnosticKinds = Pick<DiagnosticsReport, 'queue' | 'quarantine'>;

/** Types of events, and of pages as `inbound/page.ts` calls them. */
const TYPES: ReadonlySet<string> = new Set([
  ...Object.keys(EventData),
  ...['conversations', 'contacts', 'history', 'conversation'].map((type) => `page of ${type}`),
]);

type Json = { json: string };
type Dump = { conversations: Conversation[]; contacts: Contact[]; messages: Message[]; notes: Note[] };
type MessageRow = {
  id: string;
  conversationId: string;
  channelId: string;
  sentAt: number;
  rev: number;
  json: string;
};

/** Numbers only, no contents. */
export function readDiagnostics(db: ReadableDb): Omit<Diagnostics, 'version' | 'protocol' | 'keyMode'> {
  const row = db.get<{ cursor: number; outbox: number; quarantined: number; pages: number }>`
    SELECT cursor, (SELECT count(*) FROM outbox) AS outbox, (SELECT count(*) FROM quarantine) AS quarantined,
      (SELECT page_count FROM pragma_page_count) AS pages
    FROM sync_state`;
  if (row === undefined) throw new Error('sync_state has no row');
  return {
    cursor: row.cursor,
    messages: readTotal(db, 'messages'),
    conversations: readTotal(db, 'conversations'),
    outbox: row.outbox,
    quarantined: row.quarantined,
    cacheBytes: row.pages * 4096,
    cipher: 'sqlcipher 4 (AES-256)',
  };
}

/**
 * What waits and what was set aside, counted by kind. A type that came from outside and is none of ours is not told: it could be any text.
 */
export function readDiagnosticKinds(db: ReadableDb): DiagnosticKinds {
  const queue = db.all<DiagnosticKinds['queue'][number]>`
    SELECT type, state, count(*) AS count FROM outbox GROUP BY type, state ORDER BY type, state`;
  const kinds = db.all<DiagnosticKinds['quarantine'][number]>`
    SELECT type, reason, count(*) AS count FROM quarantine GROUP BY type, reason`;
  const known = new Map<string, DiagnosticKinds['quarantine'][number]>();
  for (const { type: given, reason, count } of kinds) {
    const type = TYPES.has(given) ? given : 'unknown';
    const key = `${type} ${reason}`;
    known.set(key, { type, reason, count: count + (known.get(key)?.count ?? 0) });
  }
  return { queue, quarantine: [...known.values()].toSorted((a, b) => b.count - a.count) };
}

/** Everything as it is shown, for tests that compare it with the gateway's state. */
export function readDump(db: ReadableDb): Dump {
  const conversations = db.all<Json>`SELECT json FROM conversations ORDER BY id`;
  const contacts = db.all<Json>`SELECT json FROM contacts ORDER BY id`;
  const notes = db.all<Json>`SELECT json FROM notes ORDER BY id`;
  const messages = db.all<MessageRow>`
    SELECT m.id, c.id AS conversationId, c.channel_id AS channelId, m.sent_at AS sentAt, m.rev, m.json
    FROM messages m JOIN conversations c ON c.ref = m.conversation ORDER BY m.id`;
  return {
    conversations: conversations.map((row) => JSON.parse(row.json) as Conversation),
    contacts: contacts.map((row) => JSON.parse(row.json) as Contact),
    messages: messages.map((row) => unpackMessage(row.json, row)),
    notes: notes.map((row) => JSON.parse(row.json) as Note),
  };
}
