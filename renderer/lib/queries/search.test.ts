import { expect, test } from 'vitest';
import type { SearchHit } from '../../../shared/contract/rows.ts';
import { groupHits, piecesOf, wordsOf } from './search.ts';

function hit(id: string, conversationId: string | null): SearchHit {
  return { type: 'message', id, conversationId, contactName: 'X', at: 0, snippet: '', highlights: [] };
}

test('hits are grouped by conversation in the order of the first hit', () => {
  const groups = groupHits([hit('1', 'b'), hit('2', 'a'), hit('3', 'b'), hit('4', null), hit('5', null)]);
  expect(groups.map((group) => group.hits.map(({ id }) => id))).toEqual([['1', '3'], ['2'], ['4'], ['5']]);
});

test('a snippet is cut at its highlights, and none of its text is lost', () => {
  const pieces = piecesOf({ snippet: 'the blue door', highlights: [[4, 8]] });
  expect(pieces).toEqual([
    { text: 'the ', hit: false },
    { text: 'blue', hit: true },
    { text: ' door', hit: false },
  ]);
  const odd = piecesOf({
    snippet: 'abc',
    highlights: [
      [2, 1],
      [1, 9],
    ],
  });
  expect(odd.map(({ text }) => text).join('')).toBe('abc');
});

test('operators and excluded words are not marked', () => {
  expect(wordsOf('from:me blue -red "front door"')).toEqual(['blue', 'front door']);
});
