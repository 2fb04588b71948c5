/**
 * The purge: what is over its time leaves in small steps, each a transaction with how far it has come, so that it goes on where it was after
 * a kill. The writer answers whoever waits between two steps. Which shards of the index are dropped as a whole was found out before, by a
 * reader (outline.ts); what is removed from the others is removed entry by entry, and the shard merged afterwards.
 */
import type { PurgeReceipt } from '../../../shared/contract/retention.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { Note } from '../../../shared/domain/message.ts';
import { CacheRefusal } from '../api.ts';
import { crashPoint } from '../crash-points.ts';
import type { ReadableDb } from '../sql.ts';
import { findConversation, renewPreview } from '../store/conversations.ts';
import type { Tx } from '../store/context.ts';
import { deleteNote, findNote } from '../store/notes.ts';
import { heldRefs } from './held.ts';
import { readKept, writeKept } from './kept.ts';
import { purgeMessages } from './purge-messages.ts';
import { PURGE_PHASES } from './types.ts';
import type { PurgePlan, PurgeRun } from './types.ts';

/** Rows looked at before the clock is asked again. */
const LOOK = 400;

export const NOTHING_PURGED = {
  messages: 0,
  blanked: 0,
  anonymised: 0,
  notes: 0,
  files: 0,
  activities: 0,
  previews: 0,
  quarantined: 0,
  audit: 0,
};

/** The purge that has not come to its end, if any. */
export function readRunning(db: ReadableDb): PurgeRun | null {
  const row = db.get<{ json: string }>`SELECT json FROM purges WHERE state = 'running'`;
  return row === undefined ? null : (JSON.parse(row.json) as PurgeRun);
}

export function readReceipts(db: ReadableDb): PurgeReceipt[] {
  return db.all<{ json: string }>`
    SELECT json FROM purges WHERE state = 'done' ORDER BY started_at DESC, id DESC LIMIT 200`.map(
    ({ json }) => JSON.parse(json) as PurgeReceipt,
  );
}

/** From here on nothing late that is older is stored, so what the steps have passed stays empty. */
export function startPurge(tx: Tx, plan: PurgePlan): void {
  if (readRunning(tx.db) !== null) throw new CacheRefusal('conflict', 'a purge is running');
  const { now: at, cutoffs, held } = plan;
  const last = readKept(tx.db);
  writeKept(tx.db, { at: Math.max(at, last?.at ?? 0), cutoffs, held });
  tx.kept.reload();
  const run: PurgeRun = {
    plan,
    phase: plan.nothing === true ? 'rest' : 'notes',
    position: 0,
    counts: { ...NOTHING_PURGED },
  };
  tx.db
    .run`INSERT INTO purges (id, started_at, state, json) VALUES (${plan.id}, ${at}, 'running', ${JSON.stringify(run)})`;
}

/** One step of `budgetMs` at most (and one more look). Answers the phase, null when there is nothing to do. */
export function purgeStep(tx: Tx, budgetMs: number): PurgeRun | null {
  const run = readRunning(tx.db);
  if (run === null || run.phase === 'vacuum' || run.phase === 'done') return run;
  const until = performance.now() + budgetMs;
  const { phase } = run;
  do {
    if (!STEPS[run.phase as keyof typeof STEPS](tx, run, LOOK)) next(run);
    crashPoint('middle_of_batch');
  } while (run.phase === phase && performance.now() < until);
  writeRun(tx, run);
  return run;
}

/** After the pages were given back. */
export function endVacuum(tx: Tx): void {
  const run = readRunning(tx.db);
  if (run === null || run.phase !== 'vacuum') return;
  next(run);
  writeRun(tx, run);
}

export function finishPurge(tx: Tx, receipt: PurgeReceipt): void {
  tx.db.run`
    INSERT INTO purges (id, started_at, state, json) VALUES (${receipt.id}, ${receipt.startedAt}, 'done', ${JSON.stringify(receipt)})
    ON CONFLICT (id) DO UPDATE SET state = 'done', json = excluded.json`;
}

function writeRun(tx: Tx, run: PurgeRun): void {
  tx.db.run`UPDATE purges SET json = ${JSON.stringify(run)} WHERE id = ${run.plan.id}`;
}

function next(run: PurgeRun): void {
  run.phase = PURGE_PHASES[PURGE_PHASES.indexOf(run.phase) + 1] ?? 'done';
  // Nothing went, so no page is free by it, and the journal stays as long as it is.
  if (run.phase === 'vacuum' && Object.values(run.counts).every((n) => n === 0)) run.phase = 'done';
  run.position = run.phase === 'media' || run.phase === 'activities' ? '' : 0;
}

/** Each answers whether it has more to do. */
type Step = (tx: Tx, run: PurgeRun, limit: number) => boolean;

const STEPS: Record<'notes' | 'messages' | 'media' | 'activities' | 'conversations' | 'rest', Step> = {
  notes: purgeNotes,
  messages: purgeMessages,
  media: purgeMedia,
  activities: purgeActivities,
  conversations: purgePreviews,
  rest: purgeRest,
};

function purgeNotes(tx: Tx, run: PurgeRun, limit: number): boolean {
  const { db } = tx;
  const cutoff = run.plan.cutoffs.notes;
  if (cutoff === null || run.plan.held.all) return false;
  const rows = db.all<{ seq: number; id: string; ref: number; at: number }>`
    SELECT seq, id, conversation AS ref, created_at AS at FROM notes WHERE seq > ${run.position} ORDER BY seq LIMIT ${limit}`;
  const held = heldRefs(db, run.plan.held);
  for (const { seq, id, ref, at } of rows) {
    run.position = seq;
    if (at >= cutoff || held.has(ref)) continue;
    const note = findNote(db, id);
    if (note === undefined) continue;
    deleteNote(tx, note);
    run.counts.notes += 1;
    tx.changes.conversation((JSON.parse(note.json) as Note).conversationId);
  }
  return rows.length === limit;
}

function purgeMedia(tx: Tx, run: PurgeRun, limit: number): boolean {
  const { db } = tx;
  const cutoff = run.plan.cutoffs.media;
  if (cutoff === null || run.plan.held.all) return false;
  const rows = db.all<{ id: string; ref: number; at: number | null; file: string | null }>`
    SELECT d.id, d.conversation AS ref, m.sent_at AS at, d.file FROM media d LEFT JOIN messages m ON m.seq = d.message
    WHERE d.id > ${run.position} ORDER BY d.id LIMIT ${limit}`;
  const held = heldRefs(db, run.plan.held);
  for (const { id, ref, at, file } of rows) {
    run.position = id;
    if ((at !== null && at >= cutoff) || held.has(ref)) continue;
    if (file !== null) {
      db.run`INSERT OR IGNORE INTO discarded_files (file) VALUES (${file})`;
      run.counts.files += 1;
    }
    db.run`DELETE FROM media WHERE id = ${id}`;
    db.run`DELETE FROM media_used WHERE id = ${id}`;
  }
  return rows.length === limit;
}

/** What happened to a conversation is its log. */
function purgeActivities(tx: Tx, run: PurgeRun, limit: number): boolean {
  const { db } = tx;
  const cutoff = run.plan.cutoffs.log;
  if (cutoff === null || run.plan.held.all) return false;
  const rows = db.all<{ id: string; ref: number; at: number }>`
    SELECT id, conversation AS ref, at FROM activities WHERE id > ${run.position} ORDER BY id LIMIT ${limit}`;
  const held = heldRefs(db, run.plan.held);
  for (const { id, ref, at } of rows) {
    run.position = id;
    if (at >= cutoff || held.has(ref)) continue;
    db.run`DELETE FROM activities WHERE id = ${id}`;
    run.counts.activities += 1;
  }
  return rows.length === limit;
}

/** The newest message as the list shows it. */
function purgePreviews(tx: Tx, run: PurgeRun, limit: number): boolean {
  const { db } = tx;
  const { content } = run.plan.cutoffs;
  if (content === null || run.plan.held.all) return false;
  const rows = db.all<{ ref: number; id: string; json: string; base: string | null }>`
    SELECT ref, id, json, base FROM conversations WHERE ref > ${run.position} ORDER BY ref LIMIT ${limit}`;
  for (const { ref, id, json, base } of rows) {
    run.position = ref;
    const shown = JSON.parse(base ?? json) as Conversation;
    if (tx.kept.conversation(shown) === shown) continue;
    const record = findConversation(db, id);
    if (record === undefined) continue;
    renewPreview(tx, record);
    run.counts.previews += 1;
  }
  return rows.length === limit;
}

/** What was kept aside as unreadable, and the audit: its oldest entries, so that the chain of the others holds. */
function purgeRest(tx: Tx, run: PurgeRun): boolean {
  const { db } = tx;
  const { content, audit } = run.plan.cutoffs;
  if (run.plan.held.all) return false;
  if (content !== null) {
    run.counts.quarantined += db.run`
      DELETE FROM quarantine WHERE NOT json_valid(raw)
        OR coalesce(raw ->> '$.at', raw ->> '$.sentAt', raw ->> '$.createdAt', 0) < ${content}`.changes;
  }
  if (audit !== null) {
    run.counts.audit += db.run`
      DELETE FROM audit WHERE seq < coalesce((SELECT min(seq) FROM audit WHERE at >= ${audit}), 9007199254740991)`.changes;
    db.run`DELETE FROM purges WHERE state = 'done' AND started_at < ${audit}`;
  }
  return false;
}
