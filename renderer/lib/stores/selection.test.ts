import { beforeEach, expect, test } from 'vitest';
import { useSelection } from './selection.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const { toggle, extend, clear } = useSelection.getState();
const picked = (): string[] => [...useSelection.getState().picked].toSorted();

beforeEach(clear);

test('one is picked and let go again', () => {
  toggle('b');
  expect(picked()).toEqual(['b']);
  toggle('b');
  expect(picked()).toEqual([]);
});

test('a range goes from where it began, in either direction, and keeps what was picked before', () => {
  toggle('e');
  toggle('c');
  extend(ids, 'a');
  expect(picked()).toEqual(['a', 'b', 'c', 'e']);
  extend(ids, 'd');
  expect(picked()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a range without a beginning is the one alone; one that is not in the list changes nothing', () => {
  extend(ids, 'd');
  expect(picked()).toEqual(['d']);
  extend(ids, 'z');
  expect(picked()).toEqual(['d']);
});
