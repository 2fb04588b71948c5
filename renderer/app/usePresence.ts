import { useEffect } from 'react';
import { useBridge } from '../lib/bridge/context.ts';
import { useConnection } from '../lib/queries/hooks.ts';
import { announced, usePresence } from '../lib/stores/presence.ts';

/** No input for this long means away, in ms. */
const IDLE_AFTER = 5 * 60_000;
/** How often that is looked at, in ms. */
const LOOK_EVERY = 10_000;
const INPUT = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Tells the colleagues who is here: what one has chosen, and away while nothing is touched. */
export function useAnnouncedPresence(): void {
  const bridge = useBridge();
  const state = usePresence(announced);
  const online = useConnection()?.connection.state === 'online';

  useEffect(() => {
    let last = Date.now();
    const touched = (): void => {
      last = Date.now();
      if (usePresence.getState().idle) usePresence.getState().setIdle(false);
    };
    const timer = setInterval(() => {
      const idle = Date.now() - last >= IDLE_AFTER;
      if (idle !== usePresence.getState().idle) usePresence.getState().setIdle(idle);
    }, LOOK_EVERY);
    for (const event of INPUT) window.addEventListener(event, touched, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      for (const event of INPUT) window.removeEventListener(event, touched, { capture: true });
    };
  }, []);

  // Again after each connection: what the gateway knew of this device ended with the last one.
  useEffect(() => {
    if (!online) return;
    bridge.call('connection.signal', { type: 'presence', state }).catch(() => undefined);
  }, [bridge, online, state]);
}
