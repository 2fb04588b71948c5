/** Message rows and what is kept beside them: the raw history of statuses, and the last word of each reactor. No events here. */
import type { Delivery } from '../../shared/domain/message-status.ts';
import type { Message, Reaction } from '../../shared/domain/message.ts';
import type { Db } from './database.ts';

export type MessageRow = { ws: number; message: Message };
type DbMessage = { ws: number; state: string };

/** The key of a message that is known only by an edit of it. */
export const orphanKey = (dedupKey: string): string => `orphan|${dedupKey}`;

export type Messages = ReturnType<typeof createMessages>;

export function createMessages(db: Db) {
  const insert = db.prepare(
    `INSERT INTO messages (id, ws, conversation_id, channel_id, direction, sent_at, provider_id, dedup_key, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const save = db.prepare('UPDATE messages SET provider_id = ?, state = ? WHERE id = ?');
  const byId = db.prepare<DbMessage>('SELECT ws, state FROM messages WHERE id = ?');
  const byProviderId = db.prepare<DbMessage>(
    'SELECT ws, state FROM messages WHERE channel_id = ? AND provider_id = ? ORDER BY id DESC LIMIT 1',
  );
  const known = db.prepare<{ id: string }>('SELECT id FROM messages WHERE channel_id = ? AND dedup_key = ?');
  const orphan = db.prepare<{ id: string }>(
    `SELECT id FROM messages WHERE channel_id = ? AND provider_id = ? AND dedup_key LIKE 'orphan|%'`,
  );
  const inboundAfter = db.prepare<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM messages WHERE conversation_id = ? AND (sent_at, id) > (?, ?)
     AND direction = 'in' LIMIT ?)`,
  );
  const report = db.prepare(
    'INSERT OR IGNORE INTO status_reports (message_id, attempt, status, at, error) VALUES (?, ?, ?, ?, ?)',
  );
  const reports = db.prepare<{
    attempt: number;
    status: Delivery['status'];
    at: number;
    error: string | null;
  }>('SELECT attempt, status, at, error FROM status_reports WHERE message_id = ? ORDER BY attempt, at');
  const react = db.prepare(
    `INSERT INTO reactions (message_id, reactor, emoji, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (message_id, reactor) DO UPDATE SET emoji = excluded.emoji, at = excluded.at
     WHERE excluded.at >= reactions.at AND excluded.emoji IS NOT reactions.emoji`,
  );
  const reactions = db.prepare<Reaction>(
    `SELECT reactor AS "by", emoji, at FROM reactions WHERE message_id = ? AND emoji IS NOT NULL ORDER BY at, reactor`,
  );

  return {
    /** Writes a new message; `dedupKey` is equal for redeliveries. Returns its JSON. */
    insert(ws: number, message: Message, dedupKey: string | null): string {
      const state = JSON.stringify(message);
      insert.run(
        message.id,
        ws,
        message.conversationId,
        message.channelId,
        message.direction,
        message.sentAt,
        message.providerId,
        dedupKey,
        state,
      );
      return state;
    },
    save(message: Message): string {
      const state = JSON.stringify(message);
      save.run(message.providerId, state, message.id);
      return state;
    },
    /** By id, in any workspace: the caller compares `ws`. */
    get(id: string): MessageRow | null {
      return rowOf(byId.get(id));
    },
    /** The newest, where a provider used an id more than once. */
    findByProviderId(channelId: string, providerId: string): MessageRow | null {
      return rowOf(byProviderId.get(channelId, providerId));
    },
    /** Whether this is a redelivery. */
    isKnown(channelId: string, dedupKey: string): boolean {
      return known.get(channelId, dedupKey) !== undefined;
    },
    /** Whether an edit of this message came first and stands for it (see `orphanKey`). */
    hasOrphan(channelId: string, providerId: string): boolean {
      return orphan.get(channelId, providerId) !== undefined;
    },
    /** How many inbound messages came after this one, counted up to `limit`. */
    inboundAfter(message: Message, limit: number): number {
      return inboundAfter.get(message.conversationId, message.sentAt, message.id, limit)?.n ?? 0;
    },
    addReport(messageId: string, delivery: Delivery): void {
      const error = delivery.error === null ? null : JSON.stringify(delivery.error);
      report.run(messageId, delivery.attempt, delivery.status, delivery.at, error);
    },
    /** The raw history of statuses, oldest first. */
    reports(messageId: string): Delivery[] {
      return reports.all(messageId).map((row) => ({
        ...row,
        error: row.error === null ? null : (JSON.parse(row.error) as Delivery['error']),
      }));
    },
    /** Keeps the last word of a reactor. False when it is old or nothing new. */
    react(messageId: string, by: string, emoji: string | null, at: number): boolean {
      return react.run(messageId, by, emoji, at).changes === 1;
    },
    reactions(messageId: string): Reaction[] {
      return reactions.all(messageId);
    },
  };
}

function rowOf(row: DbMessage | undefined): MessageRow | null {
  return row === undefined ? null : { ws: row.ws, message: JSON.parse(row.state) as Message };
}
