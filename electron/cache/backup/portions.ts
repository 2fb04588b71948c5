/** A copy in portions, for a restore: the gateway's states, never what was only pending. */
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { ReadableDb } from '../sql.ts';
import { unpackMessage } from '../store/stored-message.ts';
import type { CopyFile, NextPortion, Portion, PortionKind } from './types.ts';

type Json = { at: number | string; json: string };
type MessageRow = {
  at: number;
  id: string;
  conversationId: string;
  channelId: string;
  sentAt: number;
  rev: number;
  json: string;
};

/** The next portion of a kind after a row, and the row it ends with (messages the newest first, as the gateway sends them); `after` null: the first one. Answers null when that was all. */
export function readPortion(
  db: ReadableDb,
  { kind, after, limit }: { kind: PortionKind; after: number | string | null; limit: number },
): NextPortion {
  const from = Number(after ?? Number.MIN_SAFE_INTEGER);
  const newest = Number(after ?? Number.MAX_SAFE_INTEGER);
  const id = String(after ?? '');
  switch (kind) {
    case 'erased': {
      const rows = db.all<{ id: string; kind: string; at: number }>`
        SELECT id, kind, at FROM erased WHERE id > ${id} ORDER BY id LIMIT ${limit}`;
      return ending(rows.at(-1)?.id, { kind, rows });
    }
    case 'contacts': {
      const rows = db.all<Json>`
        SELECT ref AS at, coalesce(base, json) AS json FROM contacts WHERE ref > ${from} ORDER BY ref LIMIT ${limit}`;
      return ending(rows.at(-1)?.at, { kind, rows: parsed(rows) });
    }
    case 'conversations': {
      const rows = db.all<Json>`
        SELECT ref AS at, coalesce(base, json) AS json FROM conversations WHERE ref > ${from} ORDER BY ref LIMIT ${limit}`;
      return ending(rows.at(-1)?.at, { kind, rows: parsed<Conversation>(rows) });
    }
    case 'messages': {
      const rows = db.all<MessageRow>`
        SELECT m.seq AS at, m.id, c.id AS conversationId, c.channel_id AS channelId, m.sent_at AS sentAt, m.rev,
          coalesce((SELECT b.json FROM message_base b WHERE b.seq = m.seq), m.json) AS json
        FROM messages m JOIN conversations c ON c.ref = m.conversation WHERE m.seq < ${newest} ORDER BY m.seq DESC LIMIT ${limit}`;
      // What the gateway never had is unsent: the preview says how many those are.
      const own = rows.filter(({ rev }) => rev > 0);
      return ending(rows.at(-1)?.at, { kind, rows: own.map((row) => unpackMessage(row.json, row)) });
    }
    case 'notes': {
      const rows = db.all<Json & { rev: number }>`
        SELECT seq AS at, rev, json FROM notes WHERE seq > ${from} ORDER BY seq LIMIT ${limit}`;
      return ending(rows.at(-1)?.at, { kind, rows: parsed(rows.filter(({ rev }) => rev > 0)) });
    }
    case 'activities': {
      const rows = db.all<Json>`
        SELECT id AS at, json FROM activities WHERE id > ${id} ORDER BY id LIMIT ${limit}`;
      return ending(rows.at(-1)?.at, { kind, rows: parsed(rows) });
    }
    case 'consents': {
      const rows = db.all<Json & { rev: number }>`
        SELECT id AS at, rev, json FROM consents WHERE id > ${id} ORDER BY id LIMIT ${limit}`;
      return ending(rows.at(-1)?.at, { kind, rows: parsed(rows.filter(({ rev }) => rev > 0)) });
    }
    case 'drafts': {
      const rows = db.all<{ conversationId: string; text: string; updatedAt: number }>`
        SELECT conversation_id AS conversationId, text, updated_at AS updatedAt FROM drafts
        WHERE conversation_id > ${id} ORDER BY conversation_id LIMIT ${limit}`;
      return ending(rows.at(-1)?.conversationId, { kind, rows });
    }
    case 'files': {
      const rows = db.all<CopyFile>`
        SELECT d.id, c.id AS conversationId, d.file, d.key, d.size, d.sha256, m.sent_at AS at
        FROM media d JOIN messages m ON m.seq = d.message JOIN conversations c ON c.ref = m.conversation
        WHERE d.id > ${id} AND d.file IS NOT NULL AND d.key IS NOT NULL ORDER BY d.id LIMIT ${limit}`;
      return ending(rows.at(-1)?.id, { kind, rows });
    }
  }
}

function ending(last: number | string | undefined, portion: Portion): NextPortion {
  return last === undefined ? null : { portion, last };
}

function parsed<T>(rows: Json[]): T[] {
  return rows.map(({ json }) => JSON.parse(json) as T | null).filter((item) => item !== null);
}
