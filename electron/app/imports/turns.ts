/** Long work on the main thread, cut so that calls and events are answered in between. */
import { setImmediate as breathe } from 'node:timers/promises';

/** Milliseconds without a turn for others. */
const SLICE = 6;

/** Answers a function to be called after each piece: a promise to wait for when the slice is over, else null. */
export function createTurns(): () => Promise<void> | null {
  let began = performance.now();
  return () => {
    if (performance.now() - began < SLICE) return null;
    return breathe().then(() => {
      began = performance.now();
    });
  };
}
