import { expect, test } from 'vitest';
import { findSettings, PLACES, sectionOf } from './settingsSections.ts';

test('an address that names no section shows the first one; an older one leads to where it is now', () => {
  expect(sectionOf(undefined)).toBe('account');
  expect(sectionOf('nonsense')).toBe('account');
  expect(sectionOf('general')).toBe('appearance');
  for (const { id } of PLACES) expect(sectionOf(id)).toBe(id);
});

test('settings are found by the beginnings of words of their titles and sentences', () => {
  const titles = (query: string) =>
    findSettings(query, 'agent').map(({ title, section }) => `${section}: ${title}`);
  expect(titles('dens')).toEqual(['appearance: Density of the lists']);
  expect(titles('CONVERSATIONS compact')).toEqual(['appearance: Density of the lists']);
  expect(titles('keyb')[0]).toBe('keyboard: Keyboard');
  expect(titles('   ')).toEqual([]);
  expect(titles('zzz')).toEqual([]);
});
