import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test('first and last word give the letters', () => {
  expect(initialsOf('Ana Maria de Souza')).toBe('AS');
  expect(initialsOf('  omar ')).toBe('O');
});

test('phone numbers, emoji and empty names still give something', () => {
  expect(initialsOf('+49 170 1234')).toBe('41');
  expect(initialsOf('🎉')).toBe('🎉');
  expect(initialsOf('')).toBe('?');
});

test('letters outside the first plane are not cut in two', () => {
  expect(initialsOf('𝒜da 𝓛')).toBe('𝒜𝓛');
  expect(initialsOf('محمد علي')).toBe('مع');
});
