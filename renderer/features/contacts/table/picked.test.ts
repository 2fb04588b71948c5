import { expect, test } from 'vitest';
import { EVERYBODY } from '../../../../shared/domain/contact-filter.ts';
import { extended, isPicked, MOST_PICKED, NOBODY, pickedCount, selectionOf, toggled } from './picked.ts';

const asked = { filter: EVERYBODY, query: 'berlin' };

test('everybody but some: a count, a selection by filter, and no ids to carry', () => {
  const picked = toggled({ all: true, ids: new Set() }, 'a');
  expect(isPicked(picked, 'a')).toBe(false);
  expect(isPicked(picked, 'b')).toBe(true);
  expect(pickedCount(picked, 100_000)).toBe(99_999);
  expect(selectionOf(picked, asked)).toEqual({ ...asked, except: ['a'] });
});

test('a range adds to what is picked, and takes back what was left out of everybody', () => {
  expect([...extended(toggled(NOBODY, 'a'), ['b', 'c']).ids]).toEqual(['a', 'b', 'c']);
  expect(extended({ all: true, ids: new Set(['a', 'b']) }, ['b']).ids).toEqual(new Set(['a']));
});

test('nobody picked is nothing to act on, and a range stops at what one action can carry', () => {
  expect(selectionOf(NOBODY, asked)).toBeNull();
  const many = Array.from({ length: MOST_PICKED + 10 }, (_, index) => String(index));
  expect(extended(NOBODY, many).ids.size).toBe(MOST_PICKED);
});
