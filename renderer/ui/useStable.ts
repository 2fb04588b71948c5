import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * A function that stays the same and does what `act` of the last render does: for memoised controls, which then stay as they are. To be
 * called from events and by what appears later, not in the render that made it.
 */
export function useStable<Args extends unknown[], Result>(
  act: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
