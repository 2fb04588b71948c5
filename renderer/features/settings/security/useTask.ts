import { useState } from 'react';
import { keyWords } from './Asked.tsx';

export interface Task {
  readonly busy: boolean;
  readonly error: string | null;
  /** Runs it unless it is running; a rejection becomes words. */
  run(work: () => Promise<unknown>): void;
}

/** The one thing that a dialog does, with what came of it. */
export function useTask(): Task {
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
        .catch((reason: unknown) => setError(keyWords(reason)))
        .finally(() => setBusy(false));
    },
  };
}
