/** Counts failures per key and makes the next try wait longer and longer. In memory and bounded: the oldest keys are dropped. */

export type RateLimit = {
  /** How long the key has to wait (ms); 0 when it may go on. */
  waitMs(key: string, now: number): number;
  fail(key: string, now: number): void;
  succeed(key: string): void;
};

export type RateRules = { freeTries: number; firstWaitMs: number; maxWaitMs: number; forgetAfterMs: number };

/** Five tries for free, then 1 s, 2 s, 4 s ... up to five minutes; forgotten after a quarter of an hour. */
export const SIGN_IN_RULES: RateRules = {
  freeTries: 5,
  firstWaitMs: 1_000,
  maxWaitMs: 300_000,
  forgetAfterMs: 900_000,
};

const MAX_KEYS = 10_000;

export function createRateLimit(rules: RateRules): RateLimit {
  const entries = new Map<string, { failures: number; lastAt: number; openAt: number }>();

  return {
    waitMs(key, now) {
      const entry = entries.get(key);
      return entry === undefined ? 0 : Math.max(0, entry.openAt - now);
    },
    fail(key, now) {
      const before = entries.get(key);
      const fresh = before === undefined || now - before.lastAt > rules.forgetAfterMs;
      const failures = fresh ? 1 : before.failures + 1;
      const over = failures - rules.freeTries;
      const waitMs = over < 0 ? 0 : Math.min(rules.maxWaitMs, rules.firstWaitMs * 2 ** Math.min(over, 30));
      // Put at the end again: the map is in order of the last failure.
      entries.delete(key);
      entries.set(key, { failures, lastAt: now, openAt: now + waitMs });
      const oldest = entries.keys().next();
      if (entries.size > MAX_KEYS && oldest.done !== true) entries.delete(oldest.value);
    },
    succeed(key) {
      entries.delete(key);
    },
  };
}
