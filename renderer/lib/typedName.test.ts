import { expect, test } from 'vitest';
import { isTyped } from './typedName.ts';

test('the name as it is shown, whatever keyboard and blanks', () => {
  expect(isTyped('Lumen & Oak', 'Lumen & Oak')).toBe(true);
  expect(isTyped('  Lumen  & Oak ', 'Lumen & Oak')).toBe(true);
  expect(isTyped('Cafe\u0301', 'Caf\u00e9')).toBe(true);
  expect(isTyped('lumen & oak', 'Lumen & Oak')).toBe(false);
  expect(isTyped('', 'Lumen & Oak')).toBe(false);
});
