import { QueryClient } from '@tanstack/react-query';
import { CallFailure } from '../../../shared/contract/errors.ts';

/**
 * The cache of what was read from the main process. It never goes stale by time and never asks by itself: `changed` events say
 * what to read again. `networkMode: 'always'`, because the data are on this machine whatever the network does.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) =>
          failures < 2 && error instanceof CallFailure && error.error.kind === 'not_ready',
        retryDelay: 300,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
