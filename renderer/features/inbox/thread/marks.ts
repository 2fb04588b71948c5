/** Where the words of a search stand in a text, by the same folding as the index. */
import { tokenize } from '../../../../shared/text/fold.ts';

/** A run of text, and whether it is a hit. */
export interface Run {
  readonly text: string;
  readonly hit: boolean;
}

/** Folded words of what was searched for. */
export function foldedTerms(terms: ReadonlyArray<string>): string[] {
  const words = new Set<string>();
  for (const term of terms) for (const token of tokenize(term)) words.add(token.text);
  return [...words];
}

/** `text` cut into runs; a token that begins with one of the folded `words` is a hit. The runs joined are the text. */
export function runsOf(text: string, words: ReadonlyArray<string>): Run[] {
  if (words.length === 0) return [{ text, hit: false }];
  const runs: Run[] = [];
  let from = 0;
  for (const { text: token, start, end } of tokenize(text)) {
    if (end <= from || !words.some((word) => token.startsWith(word))) continue;
    // Tokens of scripts without spaces overlap.
    const begin = Math.max(start, from);
    if (begin > from) runs.push({ text: text.slice(from, begin), hit: false });
    runs.push({ text: text.slice(begin, end), hit: true });
    from = end;
  }
  if (from < text.length || runs.length === 0) runs.push({ text: text.slice(from), hit: false });
  return runs;
}
