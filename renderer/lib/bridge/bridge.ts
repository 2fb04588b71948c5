import type { CallInput, CallName, CallOutput } from '../../../shared/contract/calls.ts';
import type { PageEventData, PageEventName } from '../../../shared/contract/events.ts';

/** Whether the main process can be reached: under Electron always `open`, under loopback as the socket says. */
export type Link = 'open' | 'lost';

/** The page's only way out. Implementations: Electron's preload, a WebSocket under loopback, memory in tests. */
export interface Bridge {
  /** Rejects with `CallFailure`, whatever went wrong. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Returns a function that stops listening. */
  on<N extends PageEventName>(event: N, listener: (data: PageEventData<N>) => void): () => void;
  /** Tells at once, and on every change, whether the main process can be reached. */
  onLink(listener: (link: Link) => void): () => void;
}
