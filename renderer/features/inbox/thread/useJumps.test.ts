import { expect, test } from 'vitest';
import type { ThreadItem, ThreadPage } from '../../../../shared/contract/rows.ts';
import { placeIn } from './useJumps.ts';

const note = (id: string, createdAt: number): ThreadItem => ({
  type: 'note',
  note: { id, conversationId: 'c', authorId: 'u', body: id, mentions: [], createdAt, rev: 1 },
  outbox: null,
});
const page = (older: ThreadPage['older'], newer: boolean): ThreadPage => ({
  items: [note('a', 10), note('b', 20), note('c', 30)],
  older,
  newer,
});

test('a message is there or not', () => {
  expect(placeIn(page('none', false), { messageId: 'b' })).toBe('b');
  expect(placeIn(page('cache', true), { messageId: 'x' })).toBeNull();
});

test('a date means the first item from it on', () => {
  expect(placeIn(page('cache', true), { at: 20 })).toBe('b');
  expect(placeIn(page('cache', true), { at: 21 })).toBe('c');
});

test('before the loaded stretch there is nothing, unless it is the beginning; after it only when there is more', () => {
  expect(placeIn(page('cache', false), { at: 1 })).toBeNull();
  expect(placeIn(page('none', false), { at: 1 })).toBe('a');
  expect(placeIn(page('none', true), { at: 99 })).toBeNull();
  expect(placeIn(page('none', false), { at: 99 })).toBe('c');
});
