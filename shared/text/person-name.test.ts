import { expect, test } from 'vitest';
import { cleanName } from './person-name.ts';

test('a name cannot turn the text beside it around', () => {
  expect(cleanName('\u202Egnp.exe\u2066 x')).toBe('gnp.exe x');
  expect(cleanName('Ana\n\tMaría\u0000')).toBe('Ana María');
  expect(cleanName('\u202E')).toBe('');
});

test('what names are written with stays', () => {
  for (const name of ['محمد\u200F', 'क्\u200Dष', "Zoë O'Neil-Łuk", '👩\u200D🔧 Ada']) {
    expect(cleanName(name)).toBe(name);
  }
});
