import type { QueryClient } from '@tanstack/react-query';
import { queryOptions, replaceEqualDeep } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { ListCursor, View } from '../../../shared/contract/rows.ts';
import type { ConversationSort } from '../../../shared/domain/conversation-filter.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { keys, viewKey } from './keys.ts';

export type ListPage = CallOutput<'inbox.list'>;

/** Rows of the first page, and of each further one. */
export const LIST_PAGE = 100;
/** Rows of one call when many are read again: the contract allows more, but the page would stand still while it takes them in. */
const MOST = 150;
/**
 * Reading again covers at most this many rows; what lies below is kept as it was until it is scrolled to from the top again. In the orders
 * in which the cache alone knows the place of a row there is no telling what lies below: there all of it is read again.
 */
const REREAD = 1_000;

/** The loaded top of a view. Reading again reads what was loaded before; unchanged rows keep their identity. */
export function listQuery(
  bridge: Bridge,
  client: QueryClient,
  view: View,
  sort: ConversationSort = 'newest',
) {
  const queryKey = keys.list(viewKey(view), sort);
  return queryOptions({
    queryKey,
    queryFn: async (): Promise<ListPage> => {
      const loaded = client.getQueryData<ListPage>(queryKey)?.rows.length ?? 0;
      const covered = isPlaceKnown(sort) ? Math.min(loaded, REREAD) : loaded;
      const head = await top(bridge, view, sort, Math.max(LIST_PAGE, covered));
      const now = client.getQueryData<ListPage>(queryKey);
      return now === undefined ? head : withTail(head, now, sort);
    },
    structuralSharing: (before, after) =>
      before === undefined ? after : shareRows(before as ListPage, after as ListPage),
  });
}

/** Reads the next page of a view, if there is one. */
export async function loadMore(
  bridge: Bridge,
  client: QueryClient,
  view: View,
  sort: ConversationSort = 'newest',
): Promise<void> {
  const queryKey = keys.list(viewKey(view), sort);
  const loaded = client.getQueryData<ListPage>(queryKey);
  if (loaded === undefined || loaded.next === null) return;
  const page = await bridge.call('inbox.list', {
    view,
    sort,
    after: loaded.next,
    limit: LIST_PAGE * 2,
  });
  client.setQueryData<ListPage>(queryKey, (now) => {
    if (now === undefined || !sameCursor(now.next, loaded.next)) return now;
    return append(now, page);
  });
}

async function top(bridge: Bridge, view: View, sort: ConversationSort, wanted: number): Promise<ListPage> {
  let page = await bridge.call('inbox.list', {
    view,
    sort,
    after: null,
    limit: Math.min(wanted, MOST),
  });
  while (page.rows.length < wanted && page.next !== null) {
    // Each page starts where the one before ended.
    const more = await bridge.call('inbox.list', {
      view,
      sort,
      after: page.next,
      limit: Math.min(wanted - page.rows.length, MOST),
    });
    if (more.rows.length === 0) return { rows: page.rows, next: null };
    page = append(page, more);
  }
  return page;
}

/** `head` with what `before` had loaded below it. A conversation that moved up is not shown twice. */
export function withTail(head: ListPage, before: ListPage, sort: ConversationSort = 'newest'): ListPage {
  const end = head.next;
  if (end === null || !isPlaceKnown(sort) || before.rows.length <= head.rows.length) return head;
  const inHead = new Set(head.rows.map((row) => row.conversation.id));
  const tail = before.rows.filter(
    (row) => !inHead.has(row.conversation.id) && isBelow(row.conversation, end, sort),
  );
  return tail.length === 0 ? head : { rows: [...head.rows, ...tail], next: before.next };
}

/** `after` with every unchanged row taken from `before`, matched by id rather than by place. */
export function shareRows(before: ListPage, after: ListPage): ListPage {
  const known = new Map(before.rows.map((row) => [row.conversation.id, row]));
  const rows = after.rows.map((row) => {
    const old = known.get(row.conversation.id);
    return old === undefined || old === row ? row : replaceEqualDeep(old, row);
  });
  const same = rows.length === before.rows.length && rows.every((row, index) => row === before.rows[index]);
  return same && sameCursor(before.next, after.next)
    ? before
    : { rows: same ? before.rows : rows, next: after.next };
}

function append(page: ListPage, more: ListPage): ListPage {
  const known = new Set(page.rows.map((row) => row.conversation.id));
  return {
    rows: [...page.rows, ...more.rows.filter((row) => !known.has(row.conversation.id))],
    next: more.next,
  };
}

/** By the time of the last message; by waiting and by the window's end the place also depends on the channel and the clock. */
function isPlaceKnown(sort: ConversationSort): boolean {
  return sort === 'newest' || sort === 'oldest';
}

/** From new to old, then by id downwards; `oldest` runs the other way round. */
function isBelow(place: { activeAt: number; id: string }, end: ListCursor, sort: ConversationSort): boolean {
  if (place.activeAt === end.key) return sort === 'newest' ? place.id < end.id : place.id > end.id;
  return sort === 'newest' ? place.activeAt < end.key : place.activeAt > end.key;
}

function sameCursor(a: ListPage['next'], b: ListPage['next']): boolean {
  return a === b || (a !== null && b !== null && a.key === b.key && a.id === b.id);
}
