import { foldWord } from '../../../shared/text/fold.ts';

/** Whether each word that was typed begins a word of the name. */
export function isNamed(name: string, wanted: string): boolean {
  const words = foldWords(name);
  return foldWords(wanted).every((part) => words.some((word) => word.startsWith(part)));
}

export function foldWords(text: string): string[] {
  return text
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(foldWord)
    .filter((word) => word !== '');
}
