/**
 * What a person types into the search box, understood. Any text is valid: what is not an operator is a word, an unclosed quote
 * is a quote to the end, and nothing here can throw.
 */
import { isUnspaced, tokenize } from './fold.ts';

/** Tokens that must follow each other; `prefix`: the last one may go on. `negated`: must not occur. */
export type QueryTerm = { tokens: string[]; prefix: boolean; negated: boolean };

/** `before` and `after` in epoch milliseconds: strictly before the day begins; from the day's beginning on. */
export type SearchQuery = {
  terms: QueryTerm[];
  from: string[];
  in: string[];
  label: string[];
  assignee: string[];
  is: string[];
  has: string[];
  before: number | null;
  after: number | null;
};

const PIECE = /(-?)(?:(from|in|label|assignee|is|has|before|after):)?(?:"([^"]*)("|$)|(\S+))/giu;
const DATE = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/u;
const MAX_TERMS = 16;

/** Parses a query. Days are taken in the zone whose offset from UTC in minutes is given (east is positive). */
export function parseQuery(text: string, offsetMinutes = 0): SearchQuery {
  const query: SearchQuery = {
    terms: [],
    from: [],
    in: [],
    label: [],
    assignee: [],
    is: [],
    has: [],
    before: null,
    after: null,
  };
  let last: { term: QueryTerm; quoted: boolean } | null = null;
  for (const match of text.matchAll(PIECE)) {
    const operator = match[2]?.toLowerCase();
    const quoted = match[3] !== undefined;
    const value = match[3] ?? match[5] ?? '';
    if (operator !== undefined && match[1] === '' && applyOperator(query, operator, value, offsetMinutes))
      continue;
    const written = operator === undefined ? value : `${operator} ${value}`;
    const term = termOf(written, match[1] === '-' && value !== '');
    if (term === null || query.terms.length >= MAX_TERMS) continue;
    query.terms.push(term);
    // A closed quote is finished; an open one and a bare word may still be growing under the person's fingers.
    last = { term, quoted: quoted && match[4] === '"' };
  }
  if (last !== null && !last.quoted && !last.term.negated) last.term.prefix = growing(last.term);
  return query;
}

/** Whether nothing was asked for. */
export function isEmptyQuery(query: SearchQuery): boolean {
  const { terms, from, label, assignee, is, has } = query;
  const asked = [terms, from, query.in, label, assignee, is, has].some((list) => list.length > 0);
  return !asked && query.before === null && query.after === null;
}

function termOf(text: string, negated: boolean): QueryTerm | null {
  const tokens = tokenize(text).map((token) => token.text);
  if (tokens.length === 0) return null;
  // The index ends each run of an unspaced script with its last character alone; in the middle of a query it must not stand.
  const wanted = tokens.filter((token, index) => {
    const previous = tokens[index - 1];
    return !(
      previous !== undefined &&
      isUnspaced(token) &&
      [...token].length === 1 &&
      previous.endsWith(token) &&
      [...previous].length === 2
    );
  });
  const single =
    wanted.length === 1 && wanted[0] !== undefined && isUnspaced(wanted[0]) && [...wanted[0]].length === 1;
  return { tokens: wanted, prefix: single, negated };
}

/** A single letter would match a good part of everything: it stays a whole word until a second one is typed. */
function growing(term: QueryTerm): boolean {
  const token = term.tokens.at(-1) ?? '';
  return isUnspaced(token) || token.length >= 2;
}

function applyOperator(query: SearchQuery, operator: string, value: string, offsetMinutes: number): boolean {
  if (value === '') return false;
  switch (operator) {
    case 'from':
    case 'in':
    case 'label':
    case 'assignee':
      query[operator].push(value);
      return true;
    case 'is':
    case 'has':
      query[operator].push(value.toLowerCase());
      return true;
    case 'before':
    case 'after': {
      const at = dayOf(value, offsetMinutes);
      if (at === null) return false;
      query[operator] = at;
      return true;
    }
    default:
      return false;
  }
}

/** Beginning of a day, month or year written as 2026, 2026-11 or 2026-11-20. */
function dayOf(value: string, offsetMinutes: number): number | null {
  const match = DATE.exec(value);
  if (match === null) return null;
  const month = Number(match[2] ?? 1);
  const day = Number(match[3] ?? 1);
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return Date.UTC(Number(match[1]), month - 1, day) - offsetMinutes * 60_000;
}
