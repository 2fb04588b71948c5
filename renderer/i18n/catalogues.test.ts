import { describe, expect, test } from 'vitest';
import type { Words } from './catalogue.ts';
import { PLURALS } from './catalogue.ts';
import { en } from './en.ts';
import { load } from './languages.ts';

const FORM = new RegExp(`_(${PLURALS.join('|')})$`, 'u');

/** Every string by its dotted key. */
function flat(words: Words, path: ReadonlyArray<string> = []): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[[...path, key].join('.'), value] as const]
        : [...flat(value, [...path, key])],
    ),
  );
}

const english = flat(en);

/** The key without its plural form; null where the English catalogue knows no such plural. */
function pluralBase(key: string): string | null {
  const base = key.replace(FORM, '');
  return base !== key && english.has(`${base}_one`) && english.has(`${base}_other`) ? base : null;
}

function bases(words: ReadonlyMap<string, string>): string[] {
  return [...new Set([...words.keys()].map((key) => pluralBase(key) ?? key))].toSorted();
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(.+?)\}\}/gu)].map(([, name]) => name ?? '').toSorted();
}

/** The number of a plural, and the same as it is printed. */
const NUMBERS = new Set(['count', 'n']);

/** The placeholders that a string has to have: those of the English one; "one" and the like may say the number in words. */
function misfit(key: string, text: string): string | null {
  const base = pluralBase(key);
  const model = english.get(key) ?? english.get(`${base ?? key}_other`) ?? '';
  const wanted = placeholders(model);
  const found = placeholders(text);
  if (wanted.join() === found.join()) return null;
  const spelledOut = base !== null && /_(zero|one|two)$/u.test(key);
  if (spelledOut && wanted.filter((name) => !NUMBERS.has(name)).join() === found.join()) return null;
  return `${key}: {{${found.join('}} {{')}}} instead of {{${wanted.join('}} {{')}}}`;
}

const catalogues = await Promise.all(
  Object.entries(load).map(async ([name, get]) => [name, await get()] as const),
);

for (const [name, words] of catalogues) {
  const own = flat(words);

  describe(`the catalogue ${name}`, () => {
    test('has the keys of English, no more and no less', () => {
      expect(bases(own)).toEqual(bases(english));
    });

    test('has each plural in every form that its shape tells apart', () => {
      const given = (base: string): string[] => PLURALS.filter((form) => own.has(`${base}_${form}`));
      const plurals = bases(english).filter(
        (base) => english.has(`${base}_other`) && english.has(`${base}_one`),
      );
      const expected = name === 'ar' ? [...PLURALS] : ['one', 'other'];
      expect(plurals.filter((base) => given(base).join() !== expected.join())).toEqual([]);
    });

    test('fills in what English fills in', () => {
      expect([...own].flatMap(([key, text]) => misfit(key, text) ?? [])).toEqual([]);
    });

    test('leaves nothing empty', () => {
      expect([...own].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
    });
  });
}
