import { expect, test } from 'vitest';
import { directionOf, spokenOf } from './languages.ts';

test.each([
  ['de', ['en-GB'], 'de'],
  ['system', ['de-AT', 'en'], 'de'],
  ['system', ['pt-PT'], 'pt-BR'],
  ['system', ['ar-EG'], 'ar'],
  ['system', ['fr-FR', 'es-MX', 'en'], 'es'],
  ['system', ['fr-FR', 'ja'], 'en'],
  ['system', [], 'en'],
] as const)('%s with %j is %s', (chosen, preferred, spoken) => {
  expect(spokenOf(chosen, preferred)).toBe(spoken);
});

test('only Arabic is read from the right', () => {
  expect(['en', 'de', 'es', 'pt-BR', 'ar'].filter((each) => directionOf(each) === 'rtl')).toEqual(['ar']);
});
