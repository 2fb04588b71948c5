import type { QueryClient } from '@tanstack/react-query';
import { queryOptions, replaceEqualDeep } from '@tanstack/react-query';
import type { ThreadCursor, ThreadItem, ThreadPage } from '../../../shared/contract/rows.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { keys } from './keys.ts';

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
 * The loaded end of a conversation's thread, oldest first. Reading again reads as far back as was loaded before; items that did not
 * change keep their identity, so that their rows are not rendered again.
 */
export function threadQuery(bridge: Bridge, client: QueryClient, conversationId: string) {
  const queryKey = keys.thread(conversationId);
  return queryOptions({
    queryKey,
    queryFn: async (): Promise<ThreadPage> => {
      const before = client.getQueryData<ThreadPage>(queryKey);
      const loaded = before?.items.length ?? 0;
      const page = await newest(bridge, conversationId, loaded === 0 ? PAGE : loaded + SLACK);
      // Read once more: an older page may have been put in front while this was under way.
      const now = client.getQueryData<ThreadPage>(queryKey);
      return now === undefined ? page : sameStart(now, page);
    },
    structuralSharing: (before, after) =>
      before === undefined ? after : shareItems(before as ThreadPage, after as ThreadPage),
  });
}

/** Reads the page before the oldest loaded item, asking the gateway first when the cache has no more. */
export async function loadOlder(bridge: Bridge, client: QueryClient, conversationId: string): Promise<void> {
  const queryKey = keys.thread(conversationId);
  const loaded = client.getQueryData<ThreadPage>(queryKey);
  const oldest = loaded?.items[0];
  if (loaded === undefined || oldest === undefined || loaded.older === 'none') return;
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
}

/** Gives back memory: a thread that is left keeps its newest page only. */
export function trimThread(client: QueryClient, conversationId: string): void {
  client.setQueryData<ThreadPage>(keys.thread(conversationId), (page) =>
    page === undefined || page.items.length <= PAGE * 2
      ? page
      : { items: page.items.slice(-PAGE), older: 'cache', newer: page.newer },
  );
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
