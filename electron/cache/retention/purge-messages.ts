/** The messages of a purge, in the order of their rows, with what hangs on them. */
import { instantOfId } from '../../../shared/domain/id.ts';
import type { Message } from '../../../shared/domain/message.ts';
import { SHARD_ROWS } from '../search/shards.ts';
import type { Tx } from '../store/context.ts';
import { addToCounter } from '../store/counters.ts';
import { indexed } from '../store/messages.ts';
import { packMessage, unpackMessage } from '../store/stored-message.ts';
import { heldRefs } from './held.ts';
import { EXPIRED, blanked } from './kept.ts';
import type { PurgeRun } from './types.ts';

/** Of a row that stays only its time and what it quotes are looked at. */
type Light = { seq: number; ref: number; at: number; quoted: string | null; expired: number };
type Full = {
  seq: number;
  id: string;
  ref: number;
  cid: string;
  channelId: string;
  sentAt: number;
  rev: number;
  json: string;
};

/** Row numbers that are done, times the two ways in which one can be: a shard is left when the next row is in another. */
export function purgeMessages(tx: Tx, run: PurgeRun, limit: number): boolean {
  const { db } = tx;
  const { cutoffs, held: holds, mode, drop } = run.plan;
  const { content, log } = cutoffs;
  if (content === null || holds.all) return false;
  const from = Number(run.position);
  const rows = db.all<Light>`
    SELECT seq, conversation AS ref, sent_at AS at,
      CASE WHEN sent_at >= ${content} THEN json ->> '$.quote.messageId' END AS quoted,
      CASE WHEN sent_at < ${content} THEN json ->> '$.content.type' = ${EXPIRED} ELSE 0 END AS expired
    FROM messages WHERE seq > ${from} AND rev > 0 ORDER BY seq LIMIT ${limit}`;
  const first = rows[0];
  const before = from === 0 ? null : shard(from);
  if (before !== null && (first === undefined || shard(first.seq) !== before)) {
    // Everything of the shard before has been looked at.
    if (tx.indexer.leaveShard(before, drop.includes(before))) return true;
  }
  if (first === undefined) return false;
  const current = shard(first.seq);
  const dropped = drop.includes(current);
  const held = heldRefs(db, holds);
  const gone: number[] = [];
  const blank: number[] = [];
  const quoting: Light[] = [];
  for (const row of rows) {
    if (shard(row.seq) !== current) break;
    run.position = row.seq;
    if (held.has(row.ref)) continue;
    if (log !== null && row.at < log) gone.push(row.seq);
    else if (row.at < content && row.expired !== 1) blank.push(row.seq);
    else if (row.quoted !== null) quoting.push(row);
  }
  if (gone.length + blank.length > 0 && !dropped) tx.indexer.loosen(current);
  remove(tx, run, gone, { indexGoes: dropped, anonymise: mode === 'anonymise' });
  for (const row of full(tx, blank)) blankOne(tx, run, row, dropped);
  for (const row of quoting) forgetQuote(tx, row, content);
  return true;
}

function shard(seq: number): number {
  return Math.floor(seq / SHARD_ROWS);
}

function full(tx: Tx, seqs: readonly number[]): Full[] {
  if (seqs.length === 0) return [];
  return tx.db.all<Full>`
    SELECT m.seq, m.id, m.conversation AS ref, c.id AS cid, c.channel_id AS channelId, m.sent_at AS sentAt, m.rev, m.json
    FROM messages m JOIN conversations c ON c.ref = m.conversation WHERE m.seq IN (SELECT value FROM json_each(${JSON.stringify(seqs)}))`;
}

function remove(
  tx: Tx,
  run: PurgeRun,
  seqs: readonly number[],
  { indexGoes, anonymise }: { indexGoes: boolean; anonymise: boolean },
): void {
  if (seqs.length === 0) return;
  const { db } = tx;
  const list = JSON.stringify(seqs);
  if (!indexGoes) {
    for (const row of full(tx, seqs)) tx.indexer.remove(row.seq, indexed(messageOf(row), row.ref));
  } else for (const seq of seqs) tx.indexer.forget(seq);
  if (anonymise) {
    run.counts.anonymised += db.run`
      INSERT INTO anonymous_log (at, direction, status)
      SELECT sent_at, coalesce(json ->> '$.direction', 'in'), json ->> '$.delivery.status' FROM messages
      WHERE seq IN (SELECT value FROM json_each(${list})) ORDER BY sent_at, random()`.changes;
  }
  db.run`
    UPDATE conversations SET failed = failed - f.n FROM (
      SELECT conversation AS ref, count(*) AS n FROM messages
      WHERE seq IN (SELECT value FROM json_each(${list})) AND json ->> '$.delivery.status' = 'failed' GROUP BY conversation) AS f
    WHERE conversations.ref = f.ref`;
  run.counts.files += db.run`
    INSERT OR IGNORE INTO discarded_files (file) SELECT file FROM media
    WHERE conversation IN (SELECT conversation FROM messages WHERE seq IN (SELECT value FROM json_each(${list})))
      AND message IN (SELECT value FROM json_each(${list})) AND file IS NOT NULL`.changes;
  db.run`
    DELETE FROM media
    WHERE conversation IN (SELECT conversation FROM messages WHERE seq IN (SELECT value FROM json_each(${list})))
      AND message IN (SELECT value FROM json_each(${list}))`;
  db.run`DELETE FROM message_base WHERE seq IN (SELECT value FROM json_each(${list}))`;
  db.run`DELETE FROM status_history WHERE message IN (SELECT value FROM json_each(${list}))`;
  run.counts.messages +=
    db.run`DELETE FROM messages WHERE seq IN (SELECT value FROM json_each(${list}))`.changes;
  addToCounter(db, 'messages', -seqs.length, 0);
  tx.changes.lists = true;
}

function messageOf(row: Full): Message {
  return unpackMessage(row.json, { ...row, conversationId: row.cid });
}

function blankOne(tx: Tx, run: PurgeRun, row: Full, indexGoes: boolean): void {
  const { db } = tx;
  const before = messageOf(row);
  const after = blanked(before);
  if (indexGoes) tx.indexer.forget(row.seq);
  else tx.indexer.replace(row.seq, indexed(before, row.ref), indexed(after, row.ref));
  db.run`UPDATE messages SET json = ${packMessage(after, row.channelId)} WHERE seq = ${row.seq}`;
  db.run`DELETE FROM message_base WHERE seq = ${row.seq}`;
  db.run`
    UPDATE status_history SET json = json_set(json, '$.error', NULL) WHERE message = ${row.seq}`;
  db.run`
    INSERT OR IGNORE INTO discarded_files (file)
    SELECT file FROM media WHERE conversation = ${row.ref} AND message = ${row.seq} AND file IS NOT NULL`;
  db.run`DELETE FROM media WHERE conversation = ${row.ref} AND message = ${row.seq}`;
  run.counts.blanked += 1;
  tx.changes.conversation(row.cid);
}

/** A copy of what is over its time, in an answer that is not. */
function forgetQuote(tx: Tx, row: Light, cutoff: number): void {
  const { db } = tx;
  const id = row.quoted ?? '';
  const original = db.get<{ at: number }>`SELECT sent_at AS at FROM messages WHERE id = ${id}`;
  const at = original?.at ?? instantOfId(id);
  if (at === null || at >= cutoff) return;
  db.run`
    UPDATE messages SET json = json_set(json, '$.quote.text', NULL, '$.quote.kind', NULL) WHERE seq = ${row.seq}`;
  db.run`
    UPDATE message_base SET json = json_set(json, '$.quote.text', NULL, '$.quote.kind', NULL) WHERE seq = ${row.seq}`;
}
