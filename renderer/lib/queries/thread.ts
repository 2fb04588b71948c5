import type { QueryClient } from '@tanstack/react-query';
import { queryOptions, replaceEqualDeep } from '@tanstack/react-query';
import type { ThreadCursor, ThreadItem, ThreadPage } from '../../../shared/contract/rows.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { keys } from './keys.ts';
import { reread } from './reread.ts';

/** Items of the first page, and of each older one. */
export const PAGE = 50;
/** The contract's bound for one call. */
const MOST = 500;
/** Room for what arrived since the last reading, so that the oldest item shown stays in. */
const SLACK = 20;

/** Id of an item's message, note or activity. */
export function itemId(item: ThreadItem): string {
  return itemCursor(item).id;
}

/** Where an item stands in the thread. */
export function itemCursor(item: ThreadItem): ThreadCursor {
  switch (item.type) {
    case 'message':
      return { at: item.message.sentAt, id: item.message.id };
    case 'note':
      return { at: item.note.createdAt, id: item.note.id };
    case 'activity':
      return { at: item.activity.at, id: item.activity.id };
  }
}

/**
 * The loaded part of a conversation's thread, oldest first: its end, or after a jump some stretch of its past (`newer`). Reading again reads as far back as was loaded before; items that did not
 * change keep their identity, so that their rows are not rendered again.
 */
export function threadQuery(bridge: Bridge, client: QueryClient, conversationId: string) {
  const queryKey = keys.thread(conversationId);
  return queryOptions({
    queryKey,
    queryFn: async (): Promise<ThreadPage> => {
      const before = client.getQueryData<ThreadPage>(queryKey);
      const loaded = before?.items.length ?? 0;
      if (before?.newer === true && loaded > 0) {
        const page = await stretch(bridge, conversationId, before);
        return client.getQueryData<ThreadPage>(queryKey) === before ? page : stale(client, queryKey, page);
      }
      const page = await newest(bridge, conversationId, loaded === 0 ? PAGE : loaded + SLACK);
      // Read once more: an older page may have been put in front while this was under way.
      const now = client.getQueryData<ThreadPage>(queryKey);
      // A jump went elsewhere while this was under way: its place stays.
      if (now?.newer === true) return now;
      return now === undefined ? page : sameStart(now, page);
    },
    structuralSharing: (before, after) =>
      before === undefined ? after : shareItems(before as ThreadPage, after as ThreadPage),
  });
}

/**
 * Reads the page before the oldest loaded item, asking the gateway first when the cache has no more. Answers how many items came.
 */
export async function loadOlder(
  bridge: Bridge,
  client: QueryClient,
  conversationId: string,
): Promise<number> {
  const queryKey = keys.thread(conversationId);
  const loaded = client.getQueryData<ThreadPage>(queryKey);
  const oldest = loaded?.items[0];
  if (loaded === undefined || oldest === undefined || loaded.older === 'none') return 0;
  if (loaded.older === 'gateway') await bridge.call('conversation.loadOlder', { conversationId });
  const page = await bridge.call('conversation.thread', {
    conversationId,
    before: itemCursor(oldest),
    after: null,
    limit: PAGE,
  });
  client.setQueryData<ThreadPage>(queryKey, (now) => {
    // Read again meanwhile: the place to put the page must still be there.
    if (now === undefined || now.items[0] === undefined || itemId(now.items[0]) !== itemId(oldest))
      return now;
    return { items: [...page.items, ...now.items], older: page.older, newer: now.newer };
  });
  return page.items.length;
}

/** Reads the page after the newest loaded item, towards the present. */
export async function loadNewer(bridge: Bridge, client: QueryClient, conversationId: string): Promise<void> {
  const queryKey = keys.thread(conversationId);
  const loaded = client.getQueryData<ThreadPage>(queryKey);
  const last = loaded?.items.at(-1);
  if (loaded === undefined || last === undefined || !loaded.newer) return;
  const page = await bridge.call('conversation.thread', {
    conversationId,
    before: null,
    after: itemCursor(last),
    limit: PAGE,
  });
  client.setQueryData<ThreadPage>(queryKey, (now) => {
    const end = now?.items.at(-1);
    if (now === undefined || end === undefined || itemId(end) !== itemId(last)) return now;
    return { items: [...now.items, ...page.items], older: now.older, newer: page.newer };
  });
}

/** Shows another stretch of the thread. What changed while it was read is read again. */
export async function showPage(client: QueryClient, conversationId: string, page: ThreadPage): Promise<void> {
  const filters = { queryKey: keys.thread(conversationId), exact: true };
  const rereading = client.isFetching(filters) > 0;
  await client.cancelQueries(filters);
  client.setQueryData<ThreadPage>(filters.queryKey, page);
  if (rereading) reread(client, filters);
}

/** Shows the end of the thread again after a jump into its past. */
export async function showNewest(bridge: Bridge, client: QueryClient, conversationId: string): Promise<void> {
  const page = await newest(bridge, conversationId, PAGE);
  await showPage(client, conversationId, page);
}

/** Gives back memory: a thread that is left keeps its newest page only, and opens at its end the next time. */
export function trimThread(client: QueryClient, conversationId: string): void {
  if (client.getQueryData<ThreadPage>(keys.thread(conversationId))?.newer === true) {
    client.removeQueries({ queryKey: keys.thread(conversationId), exact: true });
    return;
  }
  client.setQueryData<ThreadPage>(keys.thread(conversationId), (page) =>
    page === undefined || page.items.length <= PAGE * 2
      ? page
      : { items: page.items.slice(-PAGE), older: 'cache', newer: page.newer },
  );
}

/** Comes after every id: with it, a cursor is just before the first item of a time. */
const LAST_ID = '~';

/** Reads again what a jump has loaded, from its oldest item on. */
async function stretch(bridge: Bridge, conversationId: string, loaded: ThreadPage): Promise<ThreadPage> {
  const first = loaded.items[0];
  if (first === undefined) return loaded;
  const wanted = loaded.items.length + SLACK;
  let after: ThreadCursor = { at: Math.max(0, itemCursor(first).at - 1), id: LAST_ID };
  const items: ThreadItem[] = [];
  let newer = true;
  while (newer && items.length < wanted) {
    // Each page starts where the one before ended.
    const page = await bridge.call('conversation.thread', {
      conversationId,
      before: null,
      after,
      limit: Math.min(MOST, wanted - items.length),
    });
    items.push(...page.items);
    newer = page.newer;
    const last = page.items.at(-1);
    if (last === undefined) break;
    after = itemCursor(last);
  }
  return sameStart(loaded, sameEnd(loaded, { items, older: loaded.older, newer }));
}

/** `after` without what the slack read beyond the end of `before`, as long as there is more to come. */
export function sameEnd(before: ThreadPage, after: ThreadPage): ThreadPage {
  const end = before.items.at(-1);
  if (!before.newer || end === undefined) return after;
  const at = after.items.findIndex((item) => itemId(item) === itemId(end));
  return at === -1 || at === after.items.length - 1
    ? after
    : { ...after, items: after.items.slice(0, at + 1), newer: true };
}

/** What was shown meanwhile wins over a reading that began before it. */
function stale(client: QueryClient, queryKey: readonly unknown[], page: ThreadPage): ThreadPage {
  return client.getQueryData<ThreadPage>(queryKey) ?? page;
}

async function newest(bridge: Bridge, conversationId: string, wanted: number): Promise<ThreadPage> {
  let page = await bridge.call('conversation.thread', {
    conversationId,
    before: null,
    after: null,
    limit: Math.min(wanted, MOST),
  });
  while (page.items.length < wanted && page.older === 'cache') {
    const oldest = page.items[0];
    if (oldest === undefined) break;
    // Each page starts where the one before ended.
    const more = await bridge.call('conversation.thread', {
      conversationId,
      before: itemCursor(oldest),
      after: null,
      limit: Math.min(wanted - page.items.length, MOST),
    });
    if (more.items.length === 0) return { ...page, older: more.older };
    page = { items: [...more.items, ...page.items], older: more.older, newer: page.newer };
  }
  return page;
}

/**
 * Makes `after` begin where `before` does: what the slack read too much is cut, and what was loaded in front meanwhile is kept.
 * When the two have nothing in common at their starts, `after` stands as it is.
 */
export function sameStart(before: ThreadPage, after: ThreadPage): ThreadPage {
  const oldBegin = before.items[0];
  const newBegin = after.items[0];
  if (oldBegin === undefined || newBegin === undefined) return after;
  const cut = after.items.findIndex((item) => itemId(item) === itemId(oldBegin));
  if (cut === 0) return after;
  if (cut > 0) {
    return { ...after, items: after.items.slice(cut), older: before.older === 'none' ? 'none' : 'cache' };
  }
  const missing = before.items.findIndex((item) => itemId(item) === itemId(newBegin));
  return missing > 0
    ? { ...after, items: [...before.items.slice(0, missing), ...after.items], older: before.older }
    : after;
}

/** `after` with every unchanged item taken from `before`, matched by id rather than by place. */
export function shareItems(before: ThreadPage, after: ThreadPage): ThreadPage {
  const known = new Map(before.items.map((item) => [itemId(item), item]));
  const items = after.items.map((item) => {
    const old = known.get(itemId(item));
    return old === undefined ? item : replaceEqualDeep(old, item);
  });
  const same =
    items.length === before.items.length && items.every((item, index) => item === before.items[index]);
  return same && before.older === after.older && before.newer === after.newer
    ? before
    : { ...after, items: same ? before.items : items };
}
