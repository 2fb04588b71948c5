/** The same query over one text: for rows that are not in the index yet, and for the marks in what is shown. */
import { tokenize } from '../../../shared/text/fold.ts';
import type { Token } from '../../../shared/text/fold.ts';
import type { QueryTerm } from '../../../shared/text/query.ts';

const BEFORE_HIT = 48;
const SNIPPET = 160;

/** Whether a text has every word asked for and none that is excluded. */
export function matches(text: string, terms: readonly QueryTerm[]): boolean {
  if (terms.length === 0) return true;
  const words = tokenize(text);
  return terms.every((term) => find(words, term, 1).length > 0 !== term.negated);
}

/** The part of a text around the first hit, with the hits as offsets into that part. */
export function snippetOf(
  text: string,
  terms: readonly QueryTerm[],
): { snippet: string; highlights: [number, number][] } {
  const words = tokenize(text);
  const hits = terms.filter((term) => !term.negated).flatMap((term) => find(words, term, 50));
  const spans = joined(hits);
  const first = spans[0]?.[0] ?? 0;
  const start = first <= BEFORE_HIT ? 0 : wordStart(words, first - BEFORE_HIT, first);
  const end =
    text.length - start <= SNIPPET ? text.length : wordEnd(words, start + SNIPPET, spans[0]?.[1] ?? 0);
  const highlights = spans
    .filter(([from, to]) => from >= start && to <= end)
    .map(([from, to]): [number, number] => [from - start, to - start]);
  return { snippet: text.slice(start, end), highlights };
}

/** Where a term stands, as [start, end). */
function find(words: readonly Token[], term: QueryTerm, limit: number): [number, number][] {
  const found: [number, number][] = [];
  const last = term.tokens.length - 1;
  for (let index = 0; index + last < words.length && found.length < limit; index += 1) {
    const fits = term.tokens.every((token, offset) => {
      const word = words[index + offset]?.text ?? '';
      return term.prefix && offset === last ? word.startsWith(token) : word === token;
    });
    const from = words[index];
    const to = words[index + last];
    if (fits && from !== undefined && to !== undefined) found.push([from.start, to.end]);
  }
  return found;
}

/** In order, with overlaps joined. */
function joined(spans: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const previous = result.at(-1);
    if (previous !== undefined && from <= previous[1]) previous[1] = Math.max(previous[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** Beginning of the first word from `position` on, but not after `latest`. */
function wordStart(words: readonly Token[], position: number, latest: number): number {
  return Math.min(words.find((word) => word.start >= position)?.start ?? latest, latest);
}

/** End of the last word that ends before `position`, but not before `earliest`. */
function wordEnd(words: readonly Token[], position: number, earliest: number): number {
  return Math.max(words.findLast((word) => word.end <= position)?.end ?? position, earliest);
}
