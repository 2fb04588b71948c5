import { expect, test } from 'vitest';
import { guessedMapping, namesSomebody, targetOf, targetValue, withTarget } from './mapping.ts';

const column = (key: string, guess: 'phone' | 'labels' | null) => ({ key, header: key, samples: [], guess });

test('a column that nothing is guessed of is left out', () => {
  expect(guessedMapping([column('Tel', 'phone'), column('Shoe size', null)])).toEqual({ Tel: 'phone' });
});

test('a target survives the select', () => {
  for (const target of ['name', 'consent_service', { fieldId: '0190' }] as const) {
    expect(targetOf(targetValue(target))).toEqual(target);
  }
  expect(targetOf(targetValue(undefined))).toBeNull();
  expect(targetOf('something else')).toBeNull();
});

test('a column can become something else, and nothing again', () => {
  const mapping = withTarget({ a: 'name' }, 'b', 'email');
  expect(mapping).toEqual({ a: 'name', b: 'email' });
  expect(withTarget(mapping, 'a', null)).toEqual({ b: 'email' });
});

test('labels alone make nobody; files that say what they are need no mapping', () => {
  expect(namesSomebody([column('L', 'labels')], { L: 'labels' })).toBe(false);
  expect(namesSomebody([column('T', 'phone')], { T: 'phone' })).toBe(true);
  expect(namesSomebody([], {})).toBe(true);
});
