import { tokenize } from '../../../../shared/text/fold.ts';

/** Whether every word of what was typed begins a word of the text, whatever the case and the accents. */
export function fits(query: string, ...texts: ReadonlyArray<string>): boolean {
  return fitsFolded(folded(query), texts.flatMap(folded));
}

export function folded(text: string): string[] {
  return tokenize(text).map((token) => token.text);
}

export function fitsFolded(wanted: ReadonlyArray<string>, words: ReadonlyArray<string>): boolean {
  return wanted.every((word) => words.some((each) => each.startsWith(word)));
}
