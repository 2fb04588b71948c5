/** A clock that stands still until told, for code that takes a `Clock`. Starts at 0, so that logs read as plain milliseconds. */
import type { Clock } from '../../electron/sync/ports.ts';

export type FakeClock = Clock & {
  /** Moves on, running each timer at its time, and lets promises settle after each. */
  advance(ms: number): Promise<void>;
  /** Moves the time without running timers, as a sleeping machine does. */
  sleep(ms: number): void;
  /** Number of timers that wait. */
  readonly waiting: number;
};

export function createFakeClock(start = 0): FakeClock {
  let now = start;
  let nextId = 0;
  const timers = new Map<number, { at: number; run: () => void }>();

  return {
    now: () => now,
    after(ms, run) {
      const id = (nextId += 1);
      timers.set(id, { at: now + Math.max(0, ms), run });
      return () => timers.delete(id);
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const due = [...timers]
          .filter(([, timer]) => timer.at <= end)
          .sort(([a, left], [b, right]) => left.at - right.at || a - b)[0];
        if (due === undefined) break;
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].run();
        await settle();
      }
      now = end;
    },
    sleep(ms) {
      now += ms;
    },
    get waiting() {
      return timers.size;
    },
  };
}

/** Lets everything that only waits for promises (and for one turn of the loop at a time) happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
