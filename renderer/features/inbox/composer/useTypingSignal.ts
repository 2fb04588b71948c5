import { useCallback, useEffect, useRef } from 'react';
import { useBridge } from '../../../lib/bridge/context.ts';

/** Colleagues are told that one is typing at most so often, in ms. */
const RENEW = 3_000;

/** Returns a function to call on each keystroke: tells colleagues that one is writing here, and when one has stopped. */
export function useTypingSignal(conversationId: string): (typing: boolean) => void {
  const bridge = useBridge();
  const last = useRef(0);
  const tell = useCallback(
    (typing: boolean) => {
      const now = Date.now();
      if (typing && now - last.current < RENEW) return;
      if (!typing && last.current === 0) return;
      last.current = typing ? now : 0;
      // Lossy by nature: nobody waits for it.
      bridge.call('connection.signal', { type: 'typing', conversationId, typing }).catch(() => undefined);
    },
    [bridge, conversationId],
  );
  useEffect(() => () => tell(false), [tell]);
  return tell;
}
