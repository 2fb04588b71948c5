/** The list of conversations and its counts, from columns that the writer keeps. */
import type { View, ViewCount } from '../../../shared/contract/rows.ts';
import type { ReadableDb } from '../sql.ts';
import { readCounters } from '../store/counters.ts';
import type { Count } from '../store/counters.ts';
import { JsonText } from './json.ts';

type Row = {
  id: string;
  active_at: number;
  json: string;
  contact_name: string;
  draft: string | null;
  failed: number;
  unsent: number;
};
type After = { activeAt: number; id: string } | null;

const NONE: Count = { total: 0, unread: 0 };

/** Every view with its counts: the fixed ones, then channels and labels that exist. */
export function readViews(db: ReadableDb, { me }: { me: string }): ViewCount[] {
  const counts = readCounters(db);
  const things = db.all<{ kind: 'channel' | 'label'; id: string; deleted: number | null }>`
    SELECT kind, id, json ->> 'deleted' AS deleted FROM directory WHERE kind IN ('channel', 'label')`;
  const views: { view: View; name: string }[] = [
    { view: { kind: 'mine' }, name: `assignee:${me}` },
    { view: { kind: 'unassigned' }, name: 'unassigned' },
    { view: { kind: 'all' }, name: 'all' },
    { view: { kind: 'snoozed' }, name: 'snoozed' },
    { view: { kind: 'closed' }, name: 'closed' },
    ...things
      .filter((thing) => thing.deleted !== 1)
      .map(({ kind, id }) => ({ view: { kind, id }, name: `${kind}:${id}` })),
  ];
  return views.map(({ view, name }) => ({ view, ...(counts.get(name) ?? NONE) }));
}

/** One page of a view, newest activity first. */
export function readConversations(
  db: ReadableDb,
  { view, me, after, limit }: { view: View; me: string; after: After; limit: number },
): JsonText {
  const rows = readRows(db, view, me, after ?? { activeAt: Number.MAX_SAFE_INTEGER, id: '' }, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last !== undefined ? { activeAt: last.active_at, id: last.id } : null;
  return new JsonText(`{"rows":[${page.map(rowJson).join(',')}],"next":${JSON.stringify(next)}}`);
}

function rowJson(row: Row): string {
  const draft = row.draft === null ? 'null' : JSON.stringify(row.draft);
  return `{"conversation":${row.json},"contactName":${JSON.stringify(row.contact_name)},"draft":${draft},"failed":${row.failed},"unsent":${row.unsent}}`;
}

function readRows(db: ReadableDb, view: View, me: string, after: NonNullable<After>, limit: number): Row[] {
  const { activeAt, id } = after;
  switch (view.kind) {
    case 'all':
      return db.all<Row>`
        SELECT id, active_at, json, contact_name, draft, failed, unsent FROM conversation_rows
        WHERE status = 'open' AND (active_at, id) < (${activeAt}, ${id}) ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'mine':
      return db.all<Row>`
        SELECT id, active_at, json, contact_name, draft, failed, unsent FROM conversation_rows
        WHERE status = 'open' AND assignee_id = ${me} AND (active_at, id) < (${activeAt}, ${id})
        ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'unassigned':
      return db.all<Row>`
        SELECT id, active_at, json, contact_name, draft, failed, unsent FROM conversation_rows
        WHERE status = 'open' AND assignee_id IS NULL AND (active_at, id) < (${activeAt}, ${id})
        ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'snoozed':
      return db.all<Row>`
        SELECT id, active_at, json, contact_name, draft, failed, unsent FROM conversation_rows
        WHERE status = 'snoozed' AND (active_at, id) < (${activeAt}, ${id}) ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'closed':
      return db.all<Row>`
        SELECT id, active_at, json, contact_name, draft, failed, unsent FROM conversation_rows
        WHERE status = 'closed' AND (active_at, id) < (${activeAt}, ${id}) ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'channel':
      return db.all<Row>`
        SELECT id, active_at, json, contact_name, draft, failed, unsent FROM conversation_rows
        WHERE status = 'open' AND channel_id = ${view.id} AND (active_at, id) < (${activeAt}, ${id})
        ORDER BY active_at DESC, id DESC LIMIT ${limit}`;
    case 'label':
      return db.all<Row>`
        SELECT c.id, c.active_at, c.json, c.contact_name, c.draft, c.failed, c.unsent
        FROM conversation_labels l JOIN conversation_rows c ON c.id = l.id
        WHERE l.label_id = ${view.id} AND (l.active_at, l.id) < (${activeAt}, ${id})
        ORDER BY l.active_at DESC, l.id DESC LIMIT ${limit}`;
  }
}
