/** The list of conversations and its counts, from columns that the writer keeps. */
import type { ListCursor, View, ViewCount } from '../../../shared/contract/rows.ts';
import type { ConversationFilter, ConversationSort } from '../../../shared/domain/conversation-filter.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { LibraryItem } from '../../../shared/domain/library.ts';
import { restrictedConversations } from '../people/restricted.ts';
import type { ReadableDb } from '../sql.ts';
import { readCounters } from '../store/counters.ts';
import type { Count } from '../store/counters.ts';
import { conditionsOf, conditionsOfFilter, fits, keyOf, queuesOf, savedView } from './filter.ts';
import { JsonText } from './json.ts';
import { countPlaces, findPlaces, readPinned } from './triage.ts';
import type { Place } from './triage.ts';

type Row = {
  id: string;
  status: string;
  active_at: number;
  json: string;
  contact_name: string;
  draft: string | null;
  failed: number;
  unsent: number;
  pinned: number;
  mentioned: number;
};

type ListInput = {
  view: View;
  /** Left out: the order of a saved view, newest first otherwise. */
  sort?: ConversationSort | undefined;
  me: string;
  after: ListCursor | null;
  limit: number;
  now?: number | undefined;
};

const NONE: Count = { total: 0, unread: 0 };

/** Every view with its counts: the fixed ones, then channels, labels and saved views that exist. */
export function readViews(db: ReadableDb, { me, now }: { me: string; now: number }): ViewCount[] {
  const counts = readCounters(db);
  const things = db.all<{ kind: 'channel' | 'label'; id: string; deleted: number | null }>`
    SELECT kind, id, json ->> 'deleted' AS deleted FROM directory WHERE kind IN ('channel', 'label')`;
  const views: { view: View; name: string }[] = [
    { view: { kind: 'mine' }, name: `assignee:${me}` },
    { view: { kind: 'unassigned' }, name: 'unassigned' },
    { view: { kind: 'all' }, name: 'all' },
    { view: { kind: 'mentions' }, name: 'mentions' },
    { view: { kind: 'snoozed' }, name: 'snoozed' },
    { view: { kind: 'closed' }, name: 'closed' },
    ...things
      .filter((thing) => thing.deleted !== 1)
      .map(({ kind, id }) => ({ view: { kind, id }, name: `${kind}:${id}` })),
  ];
  const kept = views.map(({ view, name }) => ({
    view,
    ...(view.kind === 'unassigned' ? countQueues(db, counts, me) : (counts.get(name) ?? NONE)),
  }));
  return [...kept, ...readSavedViews(db, me, now)];
}

/** What nobody has taken: the common queue and those of one's teams. */
function countQueues(db: ReadableDb, counts: Map<string, Count>, me: string): Count {
  const list = queuesOf(db, me);
  const queues = list === null ? null : new Set(JSON.parse(list) as string[]);
  const sum = { total: 0, unread: 0 };
  for (const [name, count] of counts) {
    const isQueue = name === 'unassigned' || name.startsWith('unassigned:');
    if (!isQueue || (name !== 'unassigned' && queues?.has(name.slice('unassigned:'.length)) === false))
      continue;
    sum.total += count.total;
    sum.unread += count.unread;
  }
  return sum;
}

function readSavedViews(db: ReadableDb, me: string, now: number): ViewCount[] {
  const rows = db.all<{ json: string }>`
    SELECT json FROM library WHERE kind = 'saved_view' AND deleted = 0 ORDER BY id`;
  return rows.flatMap((row): ViewCount[] => {
    const { id, content } = JSON.parse(row.json) as LibraryItem;
    if (content.kind !== 'saved_view') return [];
    return [{ view: { kind: 'saved', id }, ...countPlaces(db, conditionsOfFilter(content.filter, me, now)) }];
  });
}

/** How many conversations a filter lets through. */
export function countFilter(
  db: ReadableDb,
  { filter, me, now }: { filter: ConversationFilter; me: string; now: number },
): number {
  return countPlaces(db, conditionsOfFilter(filter, me, now)).total;
}

/** One page of a view in its order, what is pinned on top of the first. */
export function readConversations(db: ReadableDb, input: ListInput): JsonText {
  const { after, limit } = input;
  const top = after === null ? pinnedPlaces(db, input).flatMap(({ ref }) => rowAt(db, ref)) : [];
  const room = Math.max(1, limit - top.length);
  const { rows, next } = isKept(input) ? keptPage(db, input, room) : triagePage(db, input, room);
  const veiled = restrictedConversations(db).ids;
  const shown = [...top, ...rows].map((row) => rowJson(veiled.has(row.id) ? withoutPreview(row) : row));
  return new JsonText(`{"rows":[${shown.join(',')}],"next":${JSON.stringify(next)}}`);
}

/** Ids of a view in its order, pinned ones first. */
export function readConversationIds(db: ReadableDb, input: Omit<ListInput, 'after'>): string[] {
  const places = findIn(db, { ...input, after: null }, input.limit);
  return [...pinnedPlaces(db, input), ...places].slice(0, input.limit).map((place) => place.id);
}

type Page = { rows: Row[]; next: ListCursor | null };

/** Whether the order is that of a list which has an index of its own. */
function isKept(input: ListInput): boolean {
  return (input.sort ?? 'newest') === 'newest' && input.view.kind !== 'saved' && input.view.kind !== 'filter';
}

function keptPage(db: ReadableDb, { view, me, after }: ListInput, limit: number): Page {
  const start =
    after === null ? { activeAt: Number.MAX_SAFE_INTEGER, id: '' } : { activeAt: after.key, id: after.id };
  const rows = readRows(db, view, me, start, limit + 1);
  const last = rows[limit - 1];
  const next = rows.length > limit && last !== undefined ? { key: last.active_at, id: last.id } : null;
  return { rows: rows.slice(0, limit), next };
}

function triagePage(db: ReadableDb, input: ListInput, limit: number): Page {
  const places = findIn(db, input, limit + 1);
  const last = places[limit - 1];
  const next = places.length > limit && last !== undefined ? { key: last.key, id: last.id } : null;
  return { rows: places.slice(0, limit).flatMap(({ ref }) => rowAt(db, ref)), next };
}

function findIn(db: ReadableDb, input: ListInput, limit: number): Place[] {
  const { view, me, after } = input;
  const now = input.now ?? Date.now();
  const conditions = conditionsOf(db, view, { me, now });
  if (conditions === null) return [];
  return findPlaces(db, conditions, {
    sort: sortOf(db, input),
    after: after ?? { key: -1, id: '' },
    limit,
    now,
  });
}

function pinnedPlaces(db: ReadableDb, input: Omit<ListInput, 'after'>): Place[] {
  const pinned = readPinned(db);
  if (pinned.length === 0) return [];
  const now = input.now ?? Date.now();
  const conditions = conditionsOf(db, input.view, { me: input.me, now });
  if (conditions === null) return [];
  const sort = sortOf(db, input);
  return pinned
    .filter((facts) => fits(facts, conditions))
    .map((facts) => ({ ref: facts.ref, id: facts.id, key: keyOf(facts, sort, now) }))
    .sort((a, b) => a.key - b.key || (a.id < b.id ? -1 : 1));
}

function sortOf(db: ReadableDb, { view, sort }: Pick<ListInput, 'view' | 'sort'>): ConversationSort {
  if (sort !== undefined) return sort;
  return view.kind === 'saved' ? (savedView(db, view.id)?.sort ?? 'newest') : 'newest';
}

/** Of a restricted person: that there is a message, not what it says. */
function withoutPreview(row: Row): Row {
  const conversation = JSON.parse(row.json) as Conversation;
  if (conversation.lastMessage === null) return row;
  const lastMessage = { ...conversation.lastMessage, text: '' };
  return { ...row, json: JSON.stringify({ ...conversation, lastMessage }) };
}

function rowJson(row: Row): string {
  const draft = row.draft === null ? 'null' : JSON.stringify(row.draft);
  const mentioned = row.mentioned > 0 && row.status !== 'closed';
  return `{"conversation":${row.json},"contactName":${JSON.stringify(row.contact_name)},"draft":${draft},"failed":${row.failed},"unsent":${row.unsent},"pinned":${row.pinned === 1},"mentioned":${mentioned}}`;
}

function rowAt(db: ReadableDb, ref: number): Row[] {
  return db.all<Row>`
    SELECT id, status, active_at, json, contact_name, draft, failed, unsent, pinned, mentioned FROM conversation_rows WHERE ref = ${ref}`;
}

function readRows(
  db: ReadableDb,
  view: View,
  me: string,
  after: { activeAt: number; id: string },
  limit: number,
): Row[] {
  const { activeAt, id } = after;
  switch (view.kind) {
    case 'all':
      return db.all<Row>`
        SELECT id, status, active_at, json, contact_name, draft, failed, unsent, pinned, mentioned FROM conversation_rows
        WHERE status = 'open' AND pinned = 0 AND (active_at, id) < (${activeAt}, ${id}) ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'mine':
      return db.all<Row>`
        SELECT id, status, active_at, json, contact_name, draft, failed, unsent, pinned, mentioned FROM conversation_rows
        WHERE status = 'open' AND assignee_id = ${me} AND pinned = 0 AND (active_at, id) < (${activeAt}, ${id})
        ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'unassigned': {
      const queues = queuesOf(db, me);
      return db.all<Row>`
        SELECT id, status, active_at, json, contact_name, draft, failed, unsent, pinned, mentioned FROM conversation_rows
        WHERE status = 'open' AND assignee_id IS NULL AND pinned = 0
          AND (${queues} IS NULL OR team_id IS NULL OR team_id IN (SELECT value FROM json_each(${queues})))
          AND (active_at, id) < (${activeAt}, ${id})
        ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    }
    case 'mentions':
      return db.all<Row>`
        SELECT id, status, active_at, json, contact_name, draft, failed, unsent, pinned, mentioned FROM conversation_rows
        WHERE mentioned > 0 AND status <> 'closed' AND pinned = 0 AND (active_at, id) < (${activeAt}, ${id})
        ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'snoozed':
      return db.all<Row>`
        SELECT id, status, active_at, json, contact_name, draft, failed, unsent, pinned, mentioned FROM conversation_rows
        WHERE status = 'snoozed' AND pinned = 0 AND (active_at, id) < (${activeAt}, ${id}) ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'closed':
      return db.all<Row>`
        SELECT id, status, active_at, json, contact_name, draft, failed, unsent, pinned, mentioned FROM conversation_rows
        WHERE status = 'closed' AND pinned = 0 AND (active_at, id) < (${activeAt}, ${id}) ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'channel':
      return db.all<Row>`
        SELECT id, status, active_at, json, contact_name, draft, failed, unsent, pinned, mentioned FROM conversation_rows
        WHERE status = 'open' AND channel_id = ${view.id} AND pinned = 0 AND (active_at, id) < (${activeAt}, ${id})
        ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'label':
      return db.all<Row>`
        SELECT c.id, c.status, c.active_at, c.json, c.contact_name, c.draft, c.failed, c.unsent, c.pinned, c.mentioned
        FROM conversation_labels l JOIN conversation_rows c ON c.id = l.id
        WHERE l.label_id = ${view.id} AND c.pinned = 0 AND (l.active_at, l.id) < (${activeAt}, ${id})
        ORDER BY l.active_at DESC, l.id DESC LIMIT ${limit}`;
    case 'saved':
    case 'filter':
      // These have no list of their own: see triagePage.
      return [];
  }
}
