/** Time as a port, so that tests turn the hands themselves. */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `action` once after `ms`; the answer takes it back. */
  after(ms: number, action: () => void): () => void;
};

export const systemClock: Clock = {
  now: Date.now,
  after(ms, action) {
    const timer = setTimeout(action, ms);
    // A simulated customer must not keep a stopping process alive.
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

export type ManualClock = Clock & {
  /** Moves on by `ms` and runs, in order, what falls due on the way. */
  advance(ms: number): void;
  pending(): number;
};

export function manualClock(start: number): ManualClock {
  let now = start;
  let order = 0;
  const due: { at: number; order: number; action: () => void }[] = [];
  return {
    now: () => now,
    after(ms, action) {
      order += 1;
      const entry = { at: now + Math.max(0, ms), order, action };
      due.push(entry);
      return () => {
        const index = due.indexOf(entry);
        if (index >= 0) due.splice(index, 1);
      };
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        due.sort((x, y) => x.at - y.at || x.order - y.order);
        const first = due[0];
        if (first === undefined || first.at > end) break;
        due.shift();
        now = first.at;
        first.action();
      }
      now = end;
    },
    pending: () => due.length,
  };
}
