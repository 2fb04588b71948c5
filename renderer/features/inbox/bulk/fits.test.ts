import { expect, test } from 'vitest';
import { fits } from './fits.ts';

test('words are found by their beginnings, in any order, without accents', () => {
  expect(fits('wei jur', 'Jürgen Weiß')).toBe(true);
  expect(fits('gen', 'Jürgen Weiß')).toBe(false);
  expect(fits('', 'anything')).toBe(true);
  expect(fits('assign me', 'Assign to me')).toBe(true);
  expect(fits('(you)', 'Ben Adeyemi (you)', 'Me')).toBe(true);
  expect(fits('me', 'Ben Adeyemi (you)', 'Me')).toBe(true);
});
