import { useCallback } from 'react';
import type { CallInput } from '../../shared/contract/calls.ts';
import { useBridge } from './bridge/context.ts';

/** Tells the audit what only the page knows. Nobody waits for it. */
export function useTell(): (what: CallInput<'audit.tell'>['what'], id: string) => void {
  const bridge = useBridge();
  return useCallback(
    (what, id) => void bridge.call('audit.tell', { what, id }).catch(() => undefined),
    [bridge],
  );
}
