/** What takes the space on this machine, and what of it can go. */
import type { SpaceClass, StorageView } from '../../../shared/contract/retention.ts';
import type { View } from '../../../shared/contract/rows.ts';
import { conditionsOf, fits } from '../read/filter.ts';
import { findPlaces, readPinned } from '../read/triage.ts';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from '../store/context.ts';
import { readTotal } from '../store/counters.ts';

type Space = Pick<StorageView, 'classes' | 'conversations' | 'index'>;

/** By the name of a table or index, the first that fits. */
const CLASSES: readonly [RegExp, SpaceClass][] = [
  [/^search_|^contact_index/u, 'search'],
  [/^(?:sqlite_autoindex_)?(?:messages|message_base|status_history|media|activities)/u, 'messages'],
  [/^(?:sqlite_autoindex_)?notes/u, 'notes'],
  [/^(?:sqlite_autoindex_)?(?:contact|people|identities|consents|merges|kept_apart|rights)/u, 'contacts'],
];

/** Walks every page once: asked for when somebody looks. */
export function readSpace(db: ReadableDb, { limit }: { limit: number }): Space {
  const sizes: Record<SpaceClass, number> = {
    messages: 0,
    notes: 0,
    contacts: 0,
    search: 0,
    files: 0,
    journal: 0,
    other: 0,
    free: 0,
  };
  for (const { name, bytes } of db.all<{ name: string; bytes: number }>`
    SELECT name, sum(pgsize) AS bytes FROM dbstat('main', 1) GROUP BY name`) {
    sizes[CLASSES.find(([pattern]) => pattern.test(name))?.[1] ?? 'other'] += bytes;
  }
  const free = db.get<{ pages: number }>`SELECT freelist_count AS pages FROM pragma_freelist_count`;
  sizes.free = (free?.pages ?? 0) * 4096;
  const files = db.get<{ n: number; bytes: number }>`
    SELECT count(*) AS n, coalesce(sum(size), 0) AS bytes FROM media WHERE file IS NOT NULL`;
  sizes.files = files?.bytes ?? 0;
  const total = readTotal(db, 'messages');
  const notes = db.get<{ n: number }>`SELECT count(*) AS n FROM notes`?.n ?? 0;
  const contacts = db.get<{ n: number }>`SELECT count(*) AS n FROM contacts`?.n ?? 0;
  const counts: Partial<Record<SpaceClass, number>> = {
    messages: total,
    notes,
    contacts,
    files: files?.n ?? 0,
  };
  const mean = total === 0 ? 0 : sizes.messages / total;
  const conversations = db.all<{
    id: string;
    name: string;
    messages: number;
    files: number;
    bytes: number;
    pinned: number;
  }>`
    SELECT c.id, c.contact_name AS name, t.n AS messages, coalesce(f.n, 0) AS files,
      CAST(t.n * ${mean} + coalesce(f.bytes, 0) AS INTEGER) AS bytes,
      EXISTS (SELECT 1 FROM offline_pins p WHERE p.conversation_id = c.id) AS pinned
    FROM (SELECT conversation AS ref, count(*) AS n FROM messages GROUP BY conversation) t
    JOIN conversations c ON c.ref = t.ref
    LEFT JOIN (SELECT conversation AS ref, count(*) AS n, sum(size) AS bytes FROM media WHERE file IS NOT NULL GROUP BY conversation) f
      ON f.ref = t.ref
    ORDER BY 5 DESC, c.id LIMIT ${limit}`;
  const outside = db.get<{ n: number }>`
    SELECT (SELECT count(*) FROM messages WHERE seq > i.high) + (SELECT count(*) FROM messages WHERE seq < i.low) AS n FROM index_state i`;
  return {
    classes: Object.entries(sizes).map(([name, bytes]) => ({
      class: name as SpaceClass,
      bytes: Math.round(bytes),
      count: counts[name as SpaceClass] ?? 0,
    })),
    conversations: conversations.map(({ id, name, pinned, ...row }) => ({
      conversationId: id,
      contactName: name,
      ...row,
      pinned: pinned === 1,
    })),
    index: { indexed: Math.max(0, total - (outside?.n ?? 0)), total, bytes: sizes.search },
  };
}

/** Before every place of a list. */
const START = { key: -1, id: '' };

export type Kept = { views: View[]; me: string; now: number };

/**
 * Files of messages that the gateway has too, in the order in which they were last looked at; those of pinned conversations and of what is
 * in a kept view now stay.
 */
export function readEvictable(db: ReadableDb, kept: Kept): { id: string; size: number }[] {
  const inViews = refsIn(db, kept);
  const rows = db.all<{ id: string; size: number; ref: number }>`
    SELECT d.id, coalesce(d.size, 0) AS size, c.ref FROM media d
    JOIN conversations c ON c.ref = d.conversation JOIN messages m ON m.seq = d.message
    LEFT JOIN media_used u ON u.id = d.id
    WHERE d.file IS NOT NULL AND m.rev > 0 AND c.id NOT IN (SELECT conversation_id FROM offline_pins)
    ORDER BY coalesce(u.at, m.sent_at), d.id`;
  return rows.flatMap(({ ref, ...row }) => (inViews.has(ref) ? [] : [row]));
}

function refsIn(db: ReadableDb, { views, me, now }: Kept): ReadonlySet<number> {
  const refs = new Set<number>();
  const pinned = views.length === 0 ? [] : readPinned(db);
  for (const view of views) {
    const conditions = conditionsOf(db, view, { me, now });
    if (conditions === null) continue;
    const page = { sort: 'newest' as const, after: START, limit: -1, now };
    for (const { ref } of findPlaces(db, conditions, page)) refs.add(ref);
    for (const facts of pinned) if (fits(facts, conditions)) refs.add(facts.ref);
  }
  return refs;
}

/** The tables that a check goes through one by one, each with its indexes. */
export function readCheckedTables(db: ReadableDb): string[] {
  return db.all<{
    name: string;
  }>`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`.map(
    ({ name }) => name,
  );
}

/** SQLite's own check of one table, with the cipher's seal of every page: how many problems, at most 100. */
export function checkTable(db: ReadableDb, { name }: { name: string }): { problems: number } {
  const rows = db.all<{
    line: string;
  }>`SELECT integrity_check AS line FROM pragma_integrity_check(${name}) LIMIT 100`;
  return { problems: rows.filter(({ line }) => line !== 'ok').length };
}

export function setPin(
  tx: Tx,
  { conversationId, pinned }: { conversationId: string; pinned: boolean },
): void {
  if (pinned) tx.db.run`INSERT OR IGNORE INTO offline_pins (conversation_id) VALUES (${conversationId})`;
  else tx.db.run`DELETE FROM offline_pins WHERE conversation_id = ${conversationId}`;
}

export function markUsed(tx: Tx, { id, now }: { id: string; now: number }): void {
  tx.db
    .run`INSERT INTO media_used (id, at) VALUES (${id}, ${now}) ON CONFLICT (id) DO UPDATE SET at = max(at, excluded.at)`;
}

/** Keys first: without them the files are noise, until they are removed. */
export function evict(tx: Tx, { ids }: { ids: string[] }): void {
  for (const id of ids) {
    tx.db.run`
      INSERT OR IGNORE INTO discarded_files (file) SELECT file FROM media WHERE id = ${id} AND file IS NOT NULL`;
    tx.db.run`UPDATE media SET file = NULL, key = NULL WHERE id = ${id}`;
    const owner = tx.db.get<{ id: string }>`
      SELECT c.id FROM media d JOIN conversations c ON c.ref = d.conversation WHERE d.id = ${id}`;
    if (owner !== undefined) tx.changes.conversation(owner.id);
  }
}
