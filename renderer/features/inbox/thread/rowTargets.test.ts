import { expect, test } from 'vitest';
import type { Row } from './rows.ts';
import { newBelow, nextReadable } from './rowTargets.ts';

const note = (key: string): Row => ({
  type: 'note',
  key,
  note: { id: key, conversationId: 'c', authorId: 'u', body: key, mentions: [], createdAt: 1, rev: 1 },
  outbox: null,
});
const rows: Row[] = [note('a'), { type: 'day', key: 'day', at: 1 }, note('b'), note('c')];

test('news are what came after the newest row that was seen, whatever was put in front', () => {
  expect(newBelow(rows, 'a')).toBe(2);
  expect(newBelow([note('x'), ...rows], 'a')).toBe(2);
  expect(newBelow(rows, 'c')).toBe(0);
  expect(newBelow(rows, 'gone')).toBe(0);
});

test('the arrow keys go over separators and stop at the ends', () => {
  expect(nextReadable(rows, 0, 1)).toBe(2);
  expect(nextReadable(rows, 2, -1)).toBe(0);
  expect(nextReadable(rows, 3, 1)).toBeNull();
  expect(nextReadable(rows, rows.length, -1)).toBe(3);
});
