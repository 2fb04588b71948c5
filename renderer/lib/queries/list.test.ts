import { expect, test } from 'vitest';
import type { ConversationRow } from '../../../shared/contract/rows.ts';
import type { ListPage } from './list.ts';
import { shareRows, withTail } from './list.ts';

function row(id: string, activeAt: number, unread = 0): ConversationRow {
  return {
    conversation: {
      id,
      channelId: 'ch',
      contactId: 'k',
      status: 'open',
      snoozedUntil: null,
      closeReason: null,
      teamId: null,
      assigneeId: null,
      labelIds: [],
      unread,
      waitingSince: null,
      lastInboundAt: null,
      windowEndsAt: null,
      lastMessage: null,
      activeAt,
      createdAt: 1,
      rev: 1,
    },
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
