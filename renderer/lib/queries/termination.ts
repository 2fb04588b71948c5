import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { useBridge } from '../bridge/context.ts';
import { keys } from './keys.ts';

export type TerminationView = CallOutput<'termination.get'>;

/** The end of the workspace. The days that are left become fewer without any news, so they are counted again now and then. */
export function useTermination(): UseQueryResult<TerminationView> {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.termination,
    queryFn: () => bridge.call('termination.get', {}),
    refetchOnMount: 'always',
    refetchInterval: 60_000,
  });
}
