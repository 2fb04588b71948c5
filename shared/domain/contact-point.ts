/**
 * Where somebody can be written to: the office that answers requests of data subjects. Published policies are sometimes filled-in
 * templates with the blanks still in them; such an address is recognised and never used as an addressee.
 */
import { z } from 'zod';

export const ContactPoint = z.object({
  /** Of the office or person; null: not stated. */
  name: z.string().max(200).nullable().default(null),
  email: z.string().max(320).nullable().default(null),
  postal: z.string().max(1000).nullable().default(null),
  url: z.string().max(2000).nullable().default(null),
});
export type ContactPoint = z.infer<typeof ContactPoint>;

/** `missing`: nothing that could be written to; `placeholder`: only blanks that were never filled in. */
export type ContactPointProblem = 'missing' | 'placeholder';

/** What is left of an address when its blanks are taken out. */
export type UsableContactPoint =
  | { ok: true; point: ContactPoint }
  | { ok: false; problem: ContactPointProblem; point: ContactPoint | null };

// RFC 2606 and RFC 6761 keep these names for examples: mail to them reaches nobody.
const EXAMPLE_DOMAIN =
  /(?:^|[.@/])(?:example\.(?:com|net|org|edu)|(?:[a-z0-9-]+\.)*(?:example|invalid|test|localhost))(?:[:/?#]|$)/iu;
const BLANK_DOMAIN =
  /[.@/](?:your[-_]?(?:company|business|domain|e-?mail|site|website|organi[sz]ation)(?:[-_]?name)?\.[a-z]{2,}|(?:domain|company|email)\.(?:com|net|org))(?:[:/?#]|$)/iu;
const BLANK_MAILBOX =
  /^(?:mailto:)?(?:your|insert|enter)[-_.]?(?:e-?mail|name|address|contact|company|privacy|support)[^@]*@/iu;
const BLANK_WORDS =
  /\b(?:your|insert|enter|company|business)\s+(?:your\s+)?(?:full\s+|registered\s+|legal\s+)?(?:business|company|organi[sz]ation|street|postal|mailing|office|contact|e-?mail|name|address|phone|details|here)\b/iu;
const BLANK_MARKS =
  /^(?:\[[^\]]*\]|<[^>]*>|\{\{?[^}]*\}?\}|_{3,}|\.{3,}|x{3,}|-+|tbd|todo|n\/?a|lorem ipsum.*)$/iu;

/**
 * Whether a text is a blank of a template ("your-email@example.com", "Your Business Address", "[Company name]"), not an address.
 * A postal address is a blank only when it has no digit: "12 Your Street" may be silly, yet it may exist.
 */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || BLANK_MARKS.test(trimmed)) return true;
  if (trimmed.includes('@') || /^[a-z]+:\/\//iu.test(trimmed)) {
    return EXAMPLE_DOMAIN.test(trimmed) || BLANK_DOMAIN.test(trimmed) || BLANK_MAILBOX.test(trimmed);
  }
  return !/\d/u.test(trimmed) && BLANK_WORDS.test(trimmed);
}

/** The contact point without its blanks, or why nobody can be reached by it. */
export function usableContactPoint(point: ContactPoint | null): UsableContactPoint {
  if (point === null) return { ok: false, problem: 'missing', point };
  const ways = [point.email, point.postal, point.url].filter((way) => way !== null && way.trim() !== '');
  if (ways.length === 0) return { ok: false, problem: 'missing', point };
  const real = (way: string | null) => (way === null || isPlaceholder(way) ? null : way.trim());
  const cleaned = {
    name: real(point.name),
    email: real(point.email),
    postal: real(point.postal),
    url: real(point.url),
  };
  if (cleaned.email === null && cleaned.postal === null && cleaned.url === null) {
    return { ok: false, problem: 'placeholder', point };
  }
  return { ok: true, point: cleaned };
}
