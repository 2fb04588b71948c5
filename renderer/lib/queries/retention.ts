import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { useBridge } from '../bridge/context.ts';
import { keys } from './keys.ts';

export type RetentionView = CallOutput<'retention.get'>;
export type StorageView = CallOutput<'storage.get'>;

/** What the gateway promised, the rules, holds and receipts. */
export function useRetention(): UseQueryResult<RetentionView> {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.retention,
    queryFn: () => bridge.call('retention.get', {}),
    refetchOnMount: 'always',
  });
}

/** What takes the space: nothing tells of every change, so it is asked again while it is looked at. */
export function useStorage(): UseQueryResult<StorageView> {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.storage,
    queryFn: () => bridge.call('storage.get', {}),
    refetchOnMount: 'always',
    refetchInterval: 15_000,
  });
}
