import { useEffect } from 'react';
import type { AppState } from '../../shared/contract/state.ts';
import { useBridge } from '../lib/bridge/context.ts';
import { callWords } from '../lib/callWords.ts';
import { lockNow } from '../lib/lock.ts';
import { isMac, wordOf } from '../lib/shortcuts/match.ts';
import { SHORTCUTS } from '../lib/shortcuts/table.ts';
import { useLostDevice } from '../lib/stores/lostDevice.ts';
import { useNotices } from '../lib/stores/notices.ts';

/** The two keys that work wherever one is, also in a dialog, while typing, at the sign-in and on the lock screen: lock, and a lost device. */
export function useSecurityKeys(phase: AppState['phase'] | undefined): void {
  const bridge = useBridge();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const word = wordOf(event, isMac());
      const found = SHORTCUTS.find(({ keys }) => keys.length === 1 && keys[0] === word)?.id;
      if (found !== 'lock' && found !== 'reportLost') return;
      event.preventDefault();
      if (event.repeat) return;
      if (found === 'reportLost') useLostDevice.getState().open();
      else if (phase !== 'locked')
        lockNow(bridge).catch((error: unknown) => useNotices.getState().show(callWords(error)));
    };
    // Before anything else gets the key: the browser would take one of them for its address.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [bridge, phase]);
}
