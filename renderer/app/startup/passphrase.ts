/** Shortest passphrase that is taken, in characters. The main process has the last word. */
const LEAST = 10;

export interface PassphraseProblem {
  readonly field: 'first' | 'second';
  readonly kind: 'tooShort' | 'different';
}

/** What is wrong with a new passphrase typed twice, or null. */
export function passphraseProblem(first: string, second: string): PassphraseProblem | null {
  if (Array.from(first).length < LEAST) return { field: 'first', kind: 'tooShort' };
  if (first !== second) return { field: 'second', kind: 'different' };
  return null;
}
