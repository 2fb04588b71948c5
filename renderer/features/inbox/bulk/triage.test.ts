import { expect, test } from 'vitest';
import { nextAfter } from './triage.ts';

const ids = ['a', 'b', 'c', 'd'];

test('what comes next is the first below that stays, else the last above', () => {
  expect(nextAfter(ids, 'b', new Set(['b']))).toBe('c');
  expect(nextAfter(ids, 'b', new Set(['b', 'c']))).toBe('d');
  expect(nextAfter(ids, 'd', new Set(['d', 'c']))).toBe('b');
});

test('nothing is next when all of them go; what is not in the list has no next', () => {
  expect(nextAfter(ids, 'a', new Set(ids))).toBeNull();
  expect(nextAfter(ids, 'x', new Set(['x']))).toBeUndefined();
  expect(nextAfter(ids, null, new Set())).toBeUndefined();
});
