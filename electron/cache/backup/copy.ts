/** Runs in a thread of its own: writes a copy of the cache under another key, looks through one, reads one in portions. */
import { statSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { applyKey } from '../connection.ts';
import { loadDriver } from '../driver.ts';
import { failureOf } from '../failure.ts';
import { schemaVersion } from '../migrations/list.ts';
import type { ReadableDb } from '../sql.ts';
import { WRITTEN_TYPES } from '../store/outbox-row.ts';
import { readSession } from '../store/session.ts';
import { unpackMessage } from '../store/stored-message.ts';
import type { CopyCounts, CopyFile, CopyReport, Portion, PortionKind } from './types.ts';

/**
 * VACUUM INTO keeps the cipher and its key, so no byte is ever plain; then every page is written again under the copy's own key. The
 * target must not exist. Both keys are wiped here.
 */
export function copyInto(
  raw: Sqlite.Database,
  input: { target: string; key: Uint8Array; targetKey: Uint8Array },
): number {
  const Driver = loadDriver();
  let copy: Sqlite.Database | undefined;
  try {
    // It writes another file; this connection stays read-only by how it was opened.
    raw.pragma('query_only = OFF');
    raw.prepare('VACUUM INTO ?').run(input.target);
    copy = new Driver(input.target, { fileMustExist: true });
    applyKey(copy, input.key);
    copy.pragma('temp_store = MEMORY');
    // Pages as they were, in the journal, would be a second copy under the first key.
    copy.pragma('journal_mode = MEMORY');
    const literal = Buffer.from(`x'${Buffer.from(input.targetKey).toString('hex')}'`, 'latin1');
    try {
      copy.rekey(literal);
    } finally {
      literal.fill(0);
    }
    copy.close();
    copy = undefined;
    return statSync(input.target).size;
  } catch (error) {
    copy?.close();
    throw failureOf(error) ?? error;
  } finally {
    input.key.fill(0);
    input.targetKey.fill(0);
    raw.pragma('query_only = ON');
  }
}

export function countsOf(db: ReadableDb): CopyCounts {
  const row = db.get<CopyCounts>`
    SELECT (SELECT count(*) FROM conversations) AS conversations, (SELECT count(*) FROM contacts) AS contacts,
      (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM notes) AS notes,
      (SELECT count(*) FROM drafts) AS drafts, 0 AS outbox, (SELECT count(*) FROM erased) AS erased,
      (SELECT count(*) FROM media WHERE file IS NOT NULL) + (SELECT count(*) FROM staged_media) AS files`;
  if (row === undefined) throw new Error('counting answered nothing');
  const unsent = db.all<{ type: string }>`SELECT type FROM outbox WHERE state <> 'sent'`;
  return { ...row, outbox: unsent.filter(({ type }) => WRITTEN_TYPES.includes(type)).length };
}

/** Reads every page: a page that was changed does not fit its authentication code. */
export function lookThrough(raw: Sqlite.Database, db: ReadableDb): CopyReport {
  const sound = raw.pragma('integrity_check(1)', { simple: true }) === 'ok';
  const session = readSession(db);
  const times = db.get<{ oldest: number | null; newest: number | null }>`
    SELECT min(sent_at) AS oldest, max(sent_at) AS newest FROM messages`;
  return {
    sound,
    schema: schemaVersion(raw),
    counts: countsOf(db),
    owner: session === null ? null : { me: session.me, workspace: session.workspace },
    oldestMessageAt: times?.oldest ?? null,
    newestMessageAt: times?.newest ?? null,
  };
}

/** Names of the encrypted files that the rows have keys for. */
export function fileNames(db: ReadableDb): { file: string }[] {
  return db.all<{ file: string }>`
    SELECT file FROM media WHERE file IS NOT NULL UNION SELECT file FROM staged_media ORDER BY file`;
}

type Json = { at: number; json: string };
type MessageRow = {
  at: number;
  id: string;
  conversationId: string;
  channelId: string;
  sentAt: number;
  rev: number;
  json: string;
};

/** The next portion of a kind after a row number, and the number it ends with; null: that was all. */
export function readPortion(
  db: ReadableDb,
  { kind, after, limit }: { kind: PortionKind; after: number; limit: number },
): { portion: Portion; last: number } | null {
  const done = <T extends { at: number }>(rows: T[], portion: Portion) => {
    const last = rows.at(-1);
    return last === undefined ? null : { portion, last: last.at };
  };
  const parsed = <T>(rows: Json[]): T[] =>
    rows.map(({ json }) => JSON.parse(json) as T | null).filter((item) => item !== null);
  switch (kind) {
    case 'contacts': {
      const rows = db.all<Json>`
        SELECT ref AS at, coalesce(base, json) AS json FROM contacts WHERE ref > ${after} ORDER BY ref LIMIT ${limit}`;
      return done(rows, { kind, rows: parsed(rows) });
    }
    case 'conversations': {
      const rows = db.all<Json>`
        SELECT ref AS at, coalesce(base, json) AS json FROM conversations WHERE ref > ${after} ORDER BY ref LIMIT ${limit}`;
      return done(rows, { kind, rows: parsed<Conversation>(rows) });
    }
    case 'messages': {
      const rows = db.all<MessageRow>`
        SELECT m.seq AS at, m.id, c.id AS conversationId, c.channel_id AS channelId, m.sent_at AS sentAt, m.rev,
          coalesce((SELECT b.json FROM message_base b WHERE b.seq = m.seq), m.json) AS json
        FROM messages m JOIN conversations c ON c.ref = m.conversation WHERE m.seq > ${after} ORDER BY m.seq LIMIT ${limit}`;
      // What the gateway never had is unsent: the preview says how many those are.
      const own = rows.filter(({ rev }) => rev > 0);
      return done(rows, { kind, rows: own.map((row) => unpackMessage(row.json, row)) });
    }
    case 'notes': {
      const rows = db.all<Json & { rev: number }>`
        SELECT seq AS at, rev, json FROM notes WHERE seq > ${after} ORDER BY seq LIMIT ${limit}`;
      return done(rows, { kind, rows: parsed(rows.filter(({ rev }) => rev > 0)) });
    }
    case 'activities':
      return byOffset(
        after,
        limit,
        kind,
        db.all<{ json: string }>`
        SELECT json FROM activities ORDER BY id LIMIT ${limit} OFFSET ${Math.max(0, after)}`,
      );
    case 'consents':
      return byOffset(
        after,
        limit,
        kind,
        db.all<{ json: string }>`
        SELECT json FROM consents ORDER BY id LIMIT ${limit} OFFSET ${Math.max(0, after)}`,
      );
    case 'erased': {
      const from = Math.max(0, after);
      const rows = db.all<{ id: string; kind: string; at: number }>`
        SELECT id, kind, at FROM erased ORDER BY id LIMIT ${limit} OFFSET ${from}`;
      return rows.length === 0 ? null : { portion: { kind, rows }, last: from + rows.length };
    }
    case 'drafts': {
      const from = Math.max(0, after);
      const rows = db.all<{ conversationId: string; text: string; updatedAt: number }>`
        SELECT conversation_id AS conversationId, text, updated_at AS updatedAt FROM drafts ORDER BY conversation_id
        LIMIT ${limit} OFFSET ${from}`;
      return rows.length === 0 ? null : { portion: { kind, rows }, last: from + rows.length };
    }
    case 'files': {
      const from = Math.max(0, after);
      const rows = db.all<CopyFile>`
        SELECT d.id, d.file, d.key, d.size, d.sha256, m.sent_at AS at
        FROM media d JOIN messages m ON m.seq = d.message WHERE d.file IS NOT NULL AND d.key IS NOT NULL
        ORDER BY d.id LIMIT ${limit} OFFSET ${from}`;
      return rows.length === 0 ? null : { portion: { kind, rows }, last: from + rows.length };
    }
  }
}

function byOffset(
  after: number,
  limit: number,
  kind: 'activities' | 'consents',
  rows: { json: string }[],
): { portion: Portion; last: number } | null {
  if (rows.length === 0) return null;
  const items = rows.map(({ json }) => JSON.parse(json) as never);
  return { portion: { kind, rows: items }, last: Math.max(0, after) + Math.min(limit, rows.length) };
}
