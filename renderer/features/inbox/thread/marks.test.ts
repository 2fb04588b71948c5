import { expect, test } from 'vitest';
import { foldedTerms, runsOf } from './marks.ts';

const hits = (text: string, ...terms: string[]): string[] =>
  runsOf(text, foldedTerms(terms))
    .filter((run) => run.hit)
    .map((run) => run.text);

test('words are found without case and accents, also by their beginning', () => {
  expect(hits('Die Rechnung und die RECHNUNGEN', 'rechnung')).toEqual(['Rechnung', 'RECHNUNGEN']);
  expect(hits('Ação já', 'acao')).toEqual(['Ação']);
  expect(hits('reopened', 'open')).toEqual([]);
});

test('the runs joined are the text', () => {
  for (const text of ['', 'plain', 'a b a', '東京都に住む', '  *x*  ']) {
    const runs = runsOf(text, foldedTerms(['a', '東京', 'x']));
    expect(runs.map((run) => run.text).join('')).toBe(text);
  }
});
