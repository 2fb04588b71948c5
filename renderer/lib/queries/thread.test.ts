import { expect, test } from 'vitest';
import type { ThreadItem, ThreadPage } from '../../../shared/contract/rows.ts';
import { itemId, sameEnd, sameStart, shareItems } from './thread.ts';

const item = (id: string, body = id): ThreadItem => ({
  type: 'note',
  note: { id, conversationId: 'c', authorId: 'u', body, mentions: [], createdAt: 1, rev: 1 },
  outbox: null,
});
const page = (ids: string, older: ThreadPage['older'] = 'cache'): ThreadPage => ({
  items: ids === '' ? [] : ids.split('').map((id) => item(id)),
  older,
  newer: false,
});
const ids = (of: ThreadPage): string => of.items.map(itemId).join('');

test('reading again keeps the start of the thread', () => {
  expect(ids(sameStart(page('cde'), page('abcdef')))).toBe('cdef');
  expect(ids(sameStart(page('cde'), page('cdef')))).toBe('cdef');
});

test('a page put in front meanwhile is kept', () => {
  const merged = sameStart(page('abcd', 'none'), page('cde', 'cache'));
  expect(ids(merged)).toBe('abcde');
  expect(merged.older).toBe('none');
});

test('nothing in common: what was read stands', () => {
  expect(ids(sameStart(page('abc'), page('xyz')))).toBe('xyz');
  expect(ids(sameStart(page(''), page('xyz')))).toBe('xyz');
});

test('unchanged items keep their identity though they moved', () => {
  const before = page('abc');
  const after: ThreadPage = {
    items: [item('b'), item('c', 'edited'), item('d')],
    older: 'cache',
    newer: false,
  };
  const shared = shareItems(before, after);
  expect(shared.items[0]).toBe(before.items[1]);
  expect(shared.items[1]).not.toBe(before.items[2]);
  expect(shareItems(before, page('abc'))).toBe(before);
});

test('a stretch of the past that is read again does not grow', () => {
  const before = { ...page('bcd'), newer: true };
  const read = sameEnd(before, { ...page('bcdefg'), newer: true });
  expect(ids(read)).toBe('bcd');
  expect(read.newer).toBe(true);
  expect(sameEnd(before, { ...page('bcde'), newer: false }).newer).toBe(true);
  // The end went away, or it was the present already: what was read stands.
  expect(ids(sameEnd(before, page('bcx')))).toBe('bcx');
  expect(ids(sameEnd(page('bcd'), page('bcde')))).toBe('bcde');
});
