import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SearchHit, SearchResult } from '../../../shared/contract/rows.ts';
import { parseQuery } from '../../../shared/text/query.ts';
import { useBridge } from '../bridge/context.ts';
import { keys } from './keys.ts';

/** Hits of one search that are shown. */
export const SEARCH_LIMIT = 100;

export interface Search {
  readonly data: SearchResult | undefined;
  /** The result is still that of what was typed before, or there is none yet. */
  readonly isOld: boolean;
  readonly failed: boolean;
  readonly again: () => void;
}

/** Asks the index on this machine; the last result stays until the next is there. Nothing is asked for an empty text. */
export function useSearch(text: string, conversationId: string | null, limit: number = SEARCH_LIMIT): Search {
  const bridge = useBridge();
  const wanted = text.trim();
  const query = useQuery({
    queryKey: [...keys.search(wanted, conversationId), limit],
    queryFn: () => bridge.call('search.query', { text: wanted, conversationId, limit }),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
    // A search is of its moment: asked again when it is shown again, and not kept for long.
    staleTime: 0,
    gcTime: 30_000,
  });
  return {
    data: wanted === '' || query.data?.hits === undefined ? undefined : query.data,
    isOld: query.isPlaceholderData || query.isLoading,
    failed: query.isError,
    again: () => void query.refetch(),
  };
}

export interface HitGroup {
  readonly key: string;
  readonly conversationId: string | null;
  readonly contactName: string;
  readonly hits: ReadonlyArray<SearchHit>;
}

/** Hits by conversation, in the order of the best hit of each. A contact without a conversation stands alone. */
export function groupHits(hits: ReadonlyArray<SearchHit>): HitGroup[] {
  const groups = new Map<
    string,
    { key: string; conversationId: string | null; contactName: string; hits: SearchHit[] }
  >();
  for (const hit of hits) {
    const key = hit.conversationId ?? `contact ${hit.id}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { key, conversationId: hit.conversationId, contactName: hit.contactName, hits: [hit] });
    } else group.hits.push(hit);
  }
  return [...groups.values()];
}

/** The words of a query that are to be marked in a thread. */
export function wordsOf(text: string): string[] {
  return [
    ...new Set(parseQuery(text).terms.flatMap((term) => (term.negated ? [] : [term.tokens.join(' ')]))),
  ];
}

export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** A snippet cut at its highlights. Offsets that make no sense are left out. */
export function piecesOf(hit: Pick<SearchHit, 'snippet' | 'highlights'>): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [start, end] of hit.highlights) {
    if (start < at || end <= start || end > hit.snippet.length) continue;
    if (start > at) pieces.push({ text: hit.snippet.slice(at, start), hit: false });
    pieces.push({ text: hit.snippet.slice(start, end), hit: true });
    at = end;
  }
  if (at < hit.snippet.length) pieces.push({ text: hit.snippet.slice(at), hit: false });
  return pieces;
}
