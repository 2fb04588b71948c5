import { expect, test } from 'vitest';
import type { ThreadItem } from '../../../../shared/contract/rows.ts';
import { messageOf } from '../../../lib/bridge/memory/world.ts';
import { arrivedAfter, Seen } from './seen.ts';

function message(id: string, at: number, by: string | null = null): ThreadItem {
  return {
    type: 'message',
    outbox: null,
    message: messageOf({
      id,
      sentAt: at,
      content: { kind: 'text', body: id },
      rev: at,
      ...(by === null ? {} : { direction: 'out', author: { type: 'user', userId: by } }),
    }),
  };
}
const ids = (items: ThreadItem[]): string[] =>
  items.map((item) => (item.type === 'message' ? item.message.id : ''));

test('what arrives while one writes is unseen for a moment', () => {
  const seen = new Seen('me', 0);
  seen.show([message('a', 1)], 0);
  seen.write(false, 10);
  seen.show([message('a', 1), message('b', 2), message('c', 3, 'tom'), message('d', 4, 'me')], 5_000);
  expect(ids(seen.unseen(5_500))).toEqual(['b', 'c']);
  expect(ids(seen.unseen(9_000))).toEqual([]);
  expect(seen.rev()).toBe(4);
});

test('what was there before the first letter has been seen', () => {
  const seen = new Seen('me', 0);
  seen.show([message('a', 1)], 0);
  seen.show([message('a', 1), message('b', 2)], 1_000);
  seen.write(false, 1_100);
  expect(seen.unseen(1_200)).toEqual([]);
});

test('a window that was not in sight notices later', () => {
  const seen = new Seen('me', 0);
  seen.show([message('a', 1)], 0);
  seen.write(false, 10);
  seen.show([message('a', 1), message('b', 2)], 1_000);
  seen.visible(60_000);
  expect(ids(seen.unseen(61_000))).toEqual(['b']);
});

test('older history and an emptied box are no news', () => {
  const seen = new Seen('me', 0);
  seen.show([message('b', 2)], 0);
  seen.write(false, 10);
  seen.show([message('a', 1), message('b', 2)], 100);
  expect(seen.unseen(200)).toEqual([]);
  seen.show([message('a', 1), message('b', 2), message('c', 3)], 300);
  seen.write(true, 400);
  expect(seen.unseen(500)).toEqual([]);
});

test('what was written after a held message', () => {
  const items = [message('a', 1), message('mine', 2, 'me'), message('b', 3), message('c', 4, 'tom')];
  expect(ids(arrivedAfter(items, 'mine', 'me'))).toEqual(['b', 'c']);
  expect(arrivedAfter(items, 'gone', 'me')).toEqual([]);
});
