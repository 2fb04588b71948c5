/** Invariant: formatting never throws and keeps the text: the tree's words and markers are the input again, to the letter. */
import process from 'node:process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InlineMarker } from '../../shared/text/format-edit.ts';
import { prefixLines, wrapSelection } from '../../shared/text/format-edit.ts';
import { parseFormat, plainText, sourceOf } from '../../shared/text/format.ts';
import { safeLink } from '../../shared/text/link-safety.ts';
import { findLinks } from '../../shared/text/links.ts';

const seed = Number(process.env['PARLEY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const run = { seed, numRuns: 5_000 };
console.info(`formatting: PARLEY_SEED=${seed}`);

const piece = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom('*', '_', '~', '`', '```', ' ', '\n', '> ', '- ', '* ', '1. ', '12. '),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'a',
      'Wort',
      'é',
      '🙂',
      '𝒳',
      '한국',
      'שלום',
      '.',
      ',',
      '(',
      ')',
      '\r\n',
      '\t',
      '\u202E',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('https://x.example/a_b_', 'b.com', 'a@b.example', '+49 30 1234567', 'http://'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  // Half a surrogate pair is text, too.
  { weight: 1, arbitrary: fc.constantFrom('\ud83d', '\ude00') },
);
const body = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

test('formatting never throws and keeps the text', () => {
  fc.assert(
    fc.property(body, (text) => {
      expect(sourceOf(parseFormat(text))).toBe(text);
    }),
    run,
  );
});

test('without markers no other letter is lost', () => {
  const letters = (text: string): string => text.replace(/[*_~`]/gu, '');
  fc.assert(
    fc.property(body, (text) => {
      expect(letters(plainText(parseFormat(text)))).toBe(letters(text));
    }),
    run,
  );
});

test('links are in order, apart, where they say, and safe', () => {
  fc.assert(
    fc.property(body, (text) => {
      let end = 0;
      for (const link of findLinks(text)) {
        expect(link.start).toBeGreaterThanOrEqual(end);
        expect(text.slice(link.start, link.end)).toBe(link.text);
        expect(safeLink(link.href)).toBe(link.href);
        ({ end } = link);
      }
    }),
    run,
  );
});

test('a shortcut changes nothing but markers, and the same shortcut again takes it back', () => {
  const words = fc
    .array(fc.constantFrom('a', 'Wort', ' ', '\n', '🙂', '.'), { maxLength: 20 })
    .map((all) => all.join(''));
  const markers = fc.constantFrom<InlineMarker>('*', '_', '~', '`', '```');
  fc.assert(
    fc.property(words, fc.nat(), fc.nat(), markers, (text, a, b, marker) => {
      const [start, end] = [a % (text.length + 1), b % (text.length + 1)];
      const once = wrapSelection(text, start, end, marker);
      expect(once.text.replaceAll(marker, '')).toBe(text);
      const twice = wrapSelection(once.text, once.start, once.end, marker);
      expect(twice.text).toBe(text);
      const listed = prefixLines(text, start, end, '- ');
      expect(prefixLines(listed.text, listed.start, listed.end, '- ').text).toBe(text);
    }),
    run,
  );
});
