import { useEffect, useMemo } from 'react';
import type { ThreadItem } from '../../../../shared/contract/rows.ts';
import { Seen } from './seen.ts';

/** What the writer of this conversation has seen. `items`: what is loaded of its thread. */
export function useSeen(
  conversationId: string,
  meId: string,
  items: ReadonlyArray<ThreadItem> | undefined,
  empty: boolean,
): Seen {
  // Another conversation begins anew.
  // oxlint-disable-next-line react/exhaustive-deps -- the id is what it belongs to
  const seen = useMemo(() => new Seen(meId, Date.now()), [conversationId, meId]);
  useEffect(() => {
    if (items !== undefined) seen.show(items, Date.now());
  }, [seen, items]);
  useEffect(() => {
    seen.write(empty, Date.now());
  }, [seen, empty]);
  useEffect(() => {
    const onVisible = (): void => {
      if (document.visibilityState === 'visible') seen.visible(Date.now());
    };
    document.addEventListener('visibilitychange', onVisible);
    window.addEventListener('focus', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      window.removeEventListener('focus', onVisible);
    };
  }, [seen]);
  return seen;
}
