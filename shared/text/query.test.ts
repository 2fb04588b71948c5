import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEmptyQuery, parseQuery } from './query.ts';

test('words are all needed; the last one may still be growing', () => {
  expect(parseQuery('late ord').terms).toEqual([
    { tokens: ['late'], prefix: false, negated: false },
    { tokens: ['ord'], prefix: true, negated: false },
  ]);
  // One letter would fit half of everything.
  expect(parseQuery('o').terms[0]?.prefix).toBe(false);
});

test('quotes make a phrase, closed ones an exact one', () => {
  expect(parseQuery('"late order"').terms).toEqual([
    { tokens: ['late', 'order'], prefix: false, negated: false },
  ]);
  expect(parseQuery('"late ord').terms).toEqual([{ tokens: ['late', 'ord'], prefix: true, negated: false }]);
  expect(parseQuery('foo-bar').terms[0]?.tokens).toEqual(['foo', 'bar']);
  expect(parseQuery('-"late order" x').terms[0]).toMatchObject({ negated: true });
});

test('a run of an unspaced script is a phrase of its pairs; one character is a prefix', () => {
  expect(parseQuery('喜欢猫').terms).toEqual([{ tokens: ['喜欢', '欢猫'], prefix: true, negated: false }]);
  expect(parseQuery('猫 ok').terms[0]).toEqual({ tokens: ['猫'], prefix: true, negated: false });
});

test('operators', () => {
  const query = parseQuery(
    'from:"Ines Agent" in:sales is:Open has:file after:2026-11 before:2026-11-20 invoice',
    60,
  );
  expect(query).toMatchObject({ from: ['Ines Agent'], in: ['sales'], is: ['open'], has: ['file'] });
  expect(query.after).toBe(Date.UTC(2026, 10, 1) - 3_600_000);
  expect(query.before).toBe(Date.UTC(2026, 10, 20) - 3_600_000);
  expect(query.terms.map((term) => term.tokens)).toEqual([['invoice']]);
});

test('what is not an operator is words', () => {
  expect(parseQuery('before:tomorrow').terms.map((term) => term.tokens)).toEqual([['before', 'tomorrow']]);
  expect(parseQuery('from:').terms.map((term) => term.tokens)).toEqual([['from']]);
  expect(parseQuery('http://x.test').terms.map((term) => term.tokens)).toEqual([['http', 'x', 'test']]);
  expect(isEmptyQuery(parseQuery(' "" - :: 👍 '))).toBe(true);
});

test('no text throws, and every token is a folded word', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
      for (const { tokens } of parseQuery(text).terms) {
        expect(tokens.length).toBeGreaterThan(0);
        for (const token of tokens) expect(token).toMatch(/^[\p{L}\p{N}\p{M}\p{Co}]+$/u);
      }
    }),
  );
});

test('labels and holders are operators like the others', () => {
  expect(parseQuery('label:urgent assignee:"Ana Silva" late')).toMatchObject({
    label: ['urgent'],
    assignee: ['Ana Silva'],
    terms: [{ tokens: ['late'] }],
  });
});
