import type { CallName, CallOutput } from '../../../shared/contract/calls.ts';
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { PreloadApi } from '../../../shared/contract/frames.ts';
import type { Bridge } from './bridge.ts';
import { Listeners } from './listeners.ts';

declare global {
  interface Window {
    /** Put there by Electron's preload; absent under loopback. */
    readonly parley?: PreloadApi;
  }
}

/** The bridge over Electron's preload. */
export function electronBridge(api: PreloadApi): Bridge {
  const listeners = new Listeners();
  api.listen((event, data) => listeners.emit(event, data));
  return {
    async call<N extends CallName>(name: N, input: unknown): Promise<CallOutput<N>> {
      const result = await api.call(name, input);
      if (!result.ok) throw new CallFailure(result.error);
      // Checked by the gate of the main process against the same map; parsing it again here would only cost time.
      return result.value as CallOutput<N>;
    },
    on: (event, listener) => listeners.add(event, listener),
    onLink(listener) {
      listener('open');
      return () => undefined;
    },
  };
}
