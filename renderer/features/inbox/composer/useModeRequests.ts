import { useEffect } from 'react';
import { useWritingMode } from '../../../lib/stores/writingMode.ts';

/** Turns the composer to what the keys R and N ask for. */
export function useModeRequests(turnTo: (mode: 'reply' | 'note') => void): void {
  useEffect(
    () =>
      useWritingMode.subscribe(({ request }, before) => {
        if (request !== null && request !== before.request) turnTo(request.mode);
      }),
    [turnTo],
  );
}
