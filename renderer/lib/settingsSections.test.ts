import { expect, test } from 'vitest';
import { SECTIONS, sectionOf } from './settingsSections.ts';

test('an address that names no section shows the first one', () => {
  expect(sectionOf(undefined)).toBe('general');
  expect(sectionOf('nonsense')).toBe('general');
  for (const section of SECTIONS) expect(sectionOf(section)).toBe(section);
});
