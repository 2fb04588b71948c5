import { expect, test } from 'vitest';
import { conversationOf } from '../../../test/support/domain.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { createQueryClient } from './client.ts';
import type { ConversationRow } from '../../../shared/contract/rows.ts';
import type { ListPage } from './list.ts';
import { listQuery, shareRows, withTail } from './list.ts';
import { keys, viewKey } from './keys.ts';

function row(id: string, activeAt: number, unread = 0): ConversationRow {
  return {
    conversation: conversationOf({ id, contactId: 'k', unread, activeAt }),
    contactName: id,
    draft: null,
    failed: 0,
    unsent: 0,
    pinned: false,
    mentioned: false,
  };
}

const page = (rows: ConversationRow[], next: ListPage['next'] = null): ListPage => ({ rows, next });
const ids = (of: ListPage): string => of.rows.map((each) => each.conversation.id).join('');

test('the tail is kept below a head that was read again, and what moved up is there once', () => {
  const before = page([row('a', 9), row('b', 8), row('c', 7), row('d', 6)], { key: 6, id: 'd' });
  const head = page([row('c', 10), row('a', 9)], { key: 9, id: 'a' });
  const merged = withTail(head, before);
  expect(ids(merged)).toBe('cabd');
  expect(merged.next).toEqual({ key: 6, id: 'd' });
});

test('a head that reaches the end has no tail', () => {
  expect(ids(withTail(page([row('a', 9)]), page([row('a', 9), row('b', 8)])))).toBe('a');
});

test('unchanged rows keep their identity though they moved', () => {
  const before = page([row('a', 9), row('b', 8)]);
  const shared = shareRows(before, page([row('b', 8), row('a', 9, 1)]));
  expect(shared.rows[0]).toBe(before.rows[1]);
  expect(shared.rows[1]).not.toBe(before.rows[0]);
  expect(shareRows(before, page([row('a', 9), row('b', 8)]))).toBe(before);
});

test('in an order that only the cache knows, all that was loaded is read again and nothing old is kept', async () => {
  const old = Array.from({ length: 1_300 }, (_, index) => row(`old ${index}`, 9));
  // One of them was closed meanwhile, and one has moved from the bottom to the top.
  const now = [old.at(-1)!, ...old.slice(0, -1)].filter((each) => each !== old[1_200]);
  const bridge = {
    call: async (_name: string, input: { after: { key: number } | null; limit: number }) => {
      const from = input.after === null ? 0 : input.after.key + 1;
      const to = from + input.limit;
      const next = to < now.length ? { key: to - 1, id: '' } : null;
      return { rows: now.slice(from, to), next };
    },
  } as unknown as Bridge;
  const client = createQueryClient();
  const view = { kind: 'all' } as const;
  client.setQueryData(keys.list(viewKey(view), 'waiting'), page(old, { key: 1_299, id: '' }));
  await client.invalidateQueries();
  const read = await client.fetchQuery({ ...listQuery(bridge, client, view, 'waiting'), staleTime: 0 });
  expect(read.rows.map((each) => each.conversation.id)).toEqual(now.map((each) => each.conversation.id));
});
