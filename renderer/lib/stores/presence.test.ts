import { expect, test } from 'vitest';
import { announced } from './presence.ts';

test('only who is available goes away by itself', () => {
  expect(announced({ chosen: 'available', idle: false })).toBe('available');
  expect(announced({ chosen: 'available', idle: true })).toBe('away');
  expect(announced({ chosen: 'busy', idle: true })).toBe('busy');
  expect(announced({ chosen: 'away', idle: false })).toBe('away');
});
