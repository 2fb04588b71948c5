/** How long the main thread kept everybody waiting. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

const TICK_MS = 1;

export type Watch = {
  /**
   * Milliseconds. `stalled`: the longest time without a turn of the event loop, by the clock. `computed`: the most processor time
   * that the thread spent between two turns; the rest of a stall is waiting for a processor.
   */
  stop(): { stalled: number; computed: number };
};

export function watchMainThread(): Watch {
  const delay = monitorEventLoopDelay({ resolution: TICK_MS });
  let before = process.threadCpuUsage();
  let most = 0;
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    most = Math.max(most, (user + system) / 1000);
  }, TICK_MS);
  delay.enable();
  return {
    stop() {
      delay.disable();
      clearInterval(timer);
      // The histogram counts from one tick of its own timer to the next.
      return { stalled: Math.max(0, delay.max / 1e6 - TICK_MS), computed: most };
    },
  };
}
