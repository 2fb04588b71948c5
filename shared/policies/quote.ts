/** The sources of a ready profile: the words of its policy on a subject, or that it has none. */
import type { Promised, Right, StatedText } from '../domain/policy.ts';
import { RIGHTS } from '../domain/policy.ts';

export type Quote = {
  says(subject: string, words: string): string;
  /** What the policy says, put in other words. */
  means(subject: string, sense: string): string;
  silent(subject: string): string;
  /** A number with its words. */
  number(value: number, subject: string, words: string): Promised;
  /** No number: the words that were used instead, if any. */
  noNumber(subject: string, words?: string): Promised;
  text(value: string, subject: string, words: string): StatedText;
  noText(subject: string, words?: string): StatedText;
};

/** @param policy the name of the document, as the page shows it. */
export function quoteFrom(policy: string): Quote {
  const says = (subject: string, words: string) => `${policy}, ${subject}: “${words}”`;
  const silent = (subject: string) => `${policy}, ${subject}: not stated`;
  const means = (subject: string, sense: string) => `${policy}, ${subject} (in other words): ${sense}`;
  const source = (subject: string, words?: string) =>
    words === undefined ? silent(subject) : says(subject, words);
  return {
    says,
    means,
    silent,
    number: (value, subject, words) => ({ value, source: says(subject, words) }),
    noNumber: (subject, words) => ({ value: null, source: source(subject, words) }),
    text: (value, subject, words) => ({ value, source: says(subject, words) }),
    noText: (subject, words) => ({ value: null, source: source(subject, words) }),
  };
}

/** The same source for every right. */
export function allRights(source: string): Record<Right, string> {
  return Object.fromEntries(RIGHTS.map((right) => [right, source])) as Record<Right, string>;
}
