/** What a purge would do, and which parts of the index go as a whole: read by a reader, so that the writer is not held up. */
import type { PurgePreview } from '../../../shared/contract/retention.ts';
import { searchableText } from '../../../shared/domain/message-content.ts';
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import { SHARD_ROWS } from '../search/shards.ts';
import type { ReadableDb } from '../sql.ts';
import { heldRefs } from './held.ts';
import { EXPIRED } from './kept.ts';
import type { Cutoffs, Held, PurgeOutline } from './types.ts';

type Input = { cutoffs: Cutoffs; held: Held };
/** Of the index only: neither rows nor texts are read. */
type Of = { ref: number; gone: number; blank: number; stays: number | null };

export function readPreview(db: ReadableDb, { cutoffs, held }: Input): PurgePreview {
  const nothing = held.all;
  const log = nothing ? 0 : (cutoffs.log ?? 0);
  const content = nothing ? 0 : (cutoffs.content ?? 0);
  const refs = heldRefs(db, held);
  const preview: PurgePreview = {
    messages: 0,
    conversations: 0,
    blanked: 0,
    notes: 0,
    files: 0,
    bytes: 0,
    held: 0,
    oldestStays: null,
  };
  const wanted = nothing ? (cutoffs.content ?? 0) : content;
  const rows = db.iterate<Of>`
    SELECT conversation AS ref, sum(sent_at < ${log}) AS gone, sum(sent_at >= ${log} AND sent_at < ${Math.max(content, wanted)}) AS blank,
      min(CASE WHEN sent_at >= ${log} THEN sent_at END) AS stays
    FROM messages GROUP BY conversation`;
  let oldestHeld: number | null = null;
  for (const { ref, gone, blank, stays } of rows) {
    if (nothing || refs.has(ref)) {
      preview.held += gone + blank;
      if (gone > 0) {
        const first = db.get<{
          at: number;
        }>`SELECT min(sent_at) AS at FROM messages WHERE conversation = ${ref}`;
        oldestHeld = Math.min(oldestHeld ?? Infinity, first?.at ?? Infinity);
      }
    } else if (gone + blank > 0) {
      preview.messages += gone;
      preview.blanked += blank;
      preview.conversations += 1;
    }
    if (stays !== null) preview.oldestStays = Math.min(preview.oldestStays ?? Infinity, stays);
  }
  if (oldestHeld !== null) preview.oldestStays = Math.min(preview.oldestStays ?? Infinity, oldestHeld);
  if (nothing) return preview;
  const notes = cutoffs.notes ?? 0;
  preview.notes = db.get<{ n: number }>`SELECT count(*) AS n FROM notes WHERE created_at < ${notes}`?.n ?? 0;
  const media = cutoffs.media ?? 0;
  const files = db.get<{ n: number; bytes: number }>`
    SELECT count(*) AS n, coalesce(sum(d.size), 0) AS bytes FROM media d JOIN messages m ON m.seq = d.message
    WHERE d.file IS NOT NULL AND m.sent_at < ${media}`;
  preview.files = files?.n ?? 0;
  preview.bytes =
    (files?.bytes ?? 0) + (preview.messages + preview.blanked) * meanRow(db) + preview.notes * 200;
  return preview;
}

/** Bytes of a message with its share of the index, over some rows. */
function meanRow(db: ReadableDb): number {
  const mean = db.get<{ bytes: number | null }>`
    SELECT avg(length(json)) AS bytes FROM (SELECT json FROM messages ORDER BY seq DESC LIMIT 500)`;
  return Math.round((mean?.bytes ?? 0) * 1.6 + 60);
}

export function readOutline(db: ReadableDb, { cutoffs, held }: Input): PurgeOutline {
  const { content, notes } = cutoffs;
  if (content === null || held.all) return { drop: [] };
  const refs = JSON.stringify([...heldRefs(db, held)]);
  const index = db.get<{ low: number; high: number }>`SELECT low, high FROM index_state`;
  const full = db.all<{ shard: number; stay: number; newest: number; oldest: number }>`
    SELECT CAST(seq / ${SHARD_ROWS} AS INTEGER) AS shard, sum(sent_at >= ${content} OR conversation IN (SELECT value FROM json_each(${refs}))) AS stay,
      max(seq) AS newest, min(seq) AS oldest
    FROM messages GROUP BY 1 HAVING stay = 0`;
  const drop = full
    .filter(({ newest, oldest }) => index !== undefined && oldest >= index.low && newest <= index.high)
    .map(({ shard }) => Math.floor(shard));
  return {
    drop: drop.filter((shard) => {
      const from = shard * SHARD_ROWS;
      return (
        db.get`SELECT 1 FROM notes WHERE seq >= ${from} AND seq < ${from + SHARD_ROWS} AND (created_at >= ${notes ?? 0}
          OR conversation IN (SELECT value FROM json_each(${refs}))) LIMIT 1` === undefined
      );
    }),
  };
}

/** Some texts that will be gone, from all over them. */
export function readSamples(db: ReadableDb, { cutoffs, held, limit }: Input & { limit: number }): string[] {
  const { content } = cutoffs;
  if (content === null || held.all) return [];
  const refs = JSON.stringify([...heldRefs(db, held)]);
  const rows = db.all<{ content: string }>`
    SELECT json -> '$.content' AS content FROM messages
    WHERE sent_at < ${content} AND conversation NOT IN (SELECT value FROM json_each(${refs}))
      AND json ->> '$.content.type' IS NOT ${EXPIRED} LIMIT ${limit}`;
  const texts = rows.map((row) => searchableText(JSON.parse(row.content) as MessageContent).slice(0, 60));
  return [...new Set(texts.filter((text) => text.trim().length >= 12))];
}
