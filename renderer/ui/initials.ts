const letters = /\p{L}|\p{N}/u;

/**
 * One or two upper-case letters for a person's name: first and last word, by code point so that no letter is cut in two.
 * A name without letters or digits (an emoji, a symbol) gives its first symbol; an empty one gives "?".
 */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .map((word) => Array.from(word).find((symbol) => letters.test(symbol)))
    .filter((symbol) => symbol !== undefined);
  const first = words[0];
  if (first === undefined) return Array.from(name.trim())[0] ?? '?';
  const last = words.length > 1 ? (words[words.length - 1] ?? '') : '';
  return (first + last).toUpperCase();
}
