import { useQuery } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { RightsRow } from '../../../shared/contract/rights.ts';
import { useBridge } from '../bridge/context.ts';
import { keys } from './keys.ts';

interface Loaded<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly again: () => void;
}

// Under the key of people: what is told to have changed there is read again.
const rightsKeys = {
  list: (contactId: string | null) => [...keys.people, 'rights', 'list', contactId] as const,
  one: (requestId: string) => [...keys.people, 'rights', 'one', requestId] as const,
  controller: [...keys.people, 'rights', 'controller'],
} as const;

/** Requests of everybody or of one person: open ones first, by due date. */
export function useRights(contactId: string | null): Loaded<ReadonlyArray<RightsRow>> {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: rightsKeys.list(contactId),
    queryFn: () => bridge.call('rights.list', { contactId }),
  });
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}

export function useRightsRequest(requestId: string): Loaded<RightsRow> {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: rightsKeys.one(requestId),
    queryFn: () => bridge.call('rights.get', { requestId }),
  });
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}

/** The company's own office for requests. */
export function useController(): CallOutput<'rights.controller'>['point'] | undefined {
  const bridge = useBridge();
  return useQuery({
    queryKey: rightsKeys.controller,
    queryFn: () => bridge.call('rights.controller', {}),
  }).data?.point;
}
