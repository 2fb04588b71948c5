import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DuplicatePair } from '../../../shared/contract/contacts.ts';
import { useBridge } from '../bridge/context.ts';
import { keys } from './keys.ts';

const PAGE = 50;

export interface Pairs {
  readonly pairs: ReadonlyArray<DuplicatePair> | undefined;
  readonly total: number | undefined;
  readonly error: Error | null;
  readonly more: boolean;
  readonly loadMore: () => void;
}

/** Pairs that may be one person, of everybody or of one. */
export function useDuplicates(contactId: string | null): Pairs {
  const bridge = useBridge();
  const query = useInfiniteQuery({
    // Under the key of people: read again when somebody has changed.
    queryKey: [...keys.people, 'duplicates', contactId],
    queryFn: ({ pageParam }) =>
      bridge.call('contacts.duplicates', { contactId, offset: pageParam, limit: PAGE }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.reduce((sum, page) => sum + page.pairs.length, 0);
      return last.pairs.length > 0 && seen < last.total ? seen : undefined;
    },
    placeholderData: keepPreviousData,
  });
  const pairs = useMemo(() => query.data?.pages.flatMap((page) => page.pairs), [query.data]);
  return {
    pairs,
    total: query.data?.pages[0]?.total,
    error: query.error,
    more: query.hasNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
