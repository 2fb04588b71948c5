import { expect, test } from 'vitest';
import { passphraseProblem } from './passphrase.ts';

test('a passphrase is long enough and typed twice alike', () => {
  expect(passphraseProblem('short', 'short')).toEqual({ field: 'first', kind: 'tooShort' });
  expect(passphraseProblem('correct horse', 'correct house')).toEqual({ field: 'second', kind: 'different' });
  expect(passphraseProblem('correct horse', 'correct horse')).toBeNull();
});

test('length is counted in characters, not in UTF-16 units', () => {
  expect(passphraseProblem('🔑🔑🔑🔑🔑', '🔑🔑🔑🔑🔑')?.kind).toBe('tooShort');
});
