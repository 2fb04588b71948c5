import { useState } from 'react';
import { callWords } from '../../lib/callWords.ts';

export interface Action {
  readonly busy: boolean;
  readonly error: string | null;
  /** Runs it unless it is running; a rejection becomes words. */
  run(work: () => Promise<unknown>): void;
  clear(): void;
}

/** One thing that a screen does at a time, with what came of it. `words` turns a rejection into a sentence. */
export function useAction(words: (error: unknown) => string = callWords): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  return {
    busy,
    error,
    run(work) {
      if (busy) return;
      setBusy(true);
      setError(null);
      work()
        .catch((reason: unknown) => setError(words(reason)))
        .finally(() => setBusy(false));
    },
    clear: () => setError(null),
  };
}
