import { expect, test } from 'vitest';
import { listMove } from './listMove.ts';

test('keys move within the list and stop at its ends', () => {
  expect(listMove('ArrowDown', -1, 3, 10)).toBe(0);
  expect(listMove('j', 0, 3, 10)).toBe(1);
  expect(listMove('ArrowDown', 2, 3, 10)).toBe(2);
  expect(listMove('k', 0, 3, 10)).toBe(0);
  expect(listMove('K', -1, 3, 10)).toBe(0);
  expect(listMove('PageDown', 0, 100, 10)).toBe(10);
  expect(listMove('PageUp', 5, 100, 10)).toBe(0);
  expect(listMove('End', 0, 100, 10)).toBe(99);
});

test('other keys and an empty list lead nowhere', () => {
  expect(listMove('x', 0, 3, 10)).toBeNull();
  expect(listMove('ArrowDown', -1, 0, 10)).toBeNull();
});
