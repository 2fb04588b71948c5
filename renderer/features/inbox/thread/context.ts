import { createContext, useContext } from 'react';
import type { Lookup } from '../../../lib/queries/hooks.ts';

/** What every row of a thread may need. One stable object per thread, so that memoised rows stay memoised. */
export interface ThreadTools {
  readonly lookup: Lookup;
  readonly meId: string;
  readonly contactName: string;
  /** Retries a failed or held message, as the same message. */
  retry(messageId: string): void;
  /** Throws a held message away. */
  discard(messageId: string): void;
  /** Asks whether to open an address outside. */
  openLink(url: string): void;
}

const ThreadContext = createContext<ThreadTools | null>(null);

export const ThreadToolsProvider = ThreadContext.Provider;

export function useThreadTools(): ThreadTools {
  const tools = useContext(ThreadContext);
  if (tools === null) throw new Error('useThreadTools outside of a thread');
  return tools;
}
