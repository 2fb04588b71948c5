import { useCallback, useEffect, useRef, useState } from 'react';

/** The address follows what is shown after so long without another change, in ms: while a key is held down it stays. */
const FOLLOW = 60;

export interface Shown {
  readonly view: string;
  readonly conversationId: string | null;
}

/**
 * What the inbox shows. Another conversation of the same view is shown at once and the address follows: going through the router costs more
 * than a frame allows. Any other change of the address wins. `go` changes the address.
 */
export function useShown(
  address: Shown,
  go: (to: Shown, replace: boolean) => void,
): [shown: Shown, show: (to: Shown, replace: boolean) => void] {
  const [ahead, setAhead] = useState<Shown | null>(null);
  const pending = useRef<{ readonly to: Shown; readonly replace: boolean; readonly timer: number } | null>(
    null,
  );
  const sent = useRef<string | null>(null);
  const view = address.view;
  const key = keyOf(address);

  const drop = useCallback((): void => {
    if (pending.current !== null) window.clearTimeout(pending.current.timer);
    pending.current = null;
  }, []);
  useEffect(() => drop, [drop]);
  useEffect(() => {
    // An older one of our own is still arriving while the next is shown already.
    if (pending.current !== null && key === sent.current) return;
    drop();
    setAhead(null);
  }, [key, drop]);

  const show = useCallback(
    (to: Shown, replace: boolean): void => {
      // What was to be added to the history is not yet there to be replaced.
      const replaces = replace && pending.current?.replace !== false;
      drop();
      const follow = (): void => {
        pending.current = null;
        sent.current = keyOf(to);
        go(to, replaces);
      };
      if (to.view !== view || to.conversationId === null) {
        follow();
        return;
      }
      setAhead(to);
      pending.current = { to, replace: replaces, timer: window.setTimeout(follow, FOLLOW) };
    },
    [drop, go, view],
  );
  return [ahead ?? address, show];
}

function keyOf({ view, conversationId }: Shown): string {
  return `${view}/${conversationId ?? ''}`;
}
