/**
 * How long to wait before trying again: exponential, with jitter over a range, so that a thousand desktops do not come back in
 * the same second after a gateway restarts. The range depends on why (as Tuta's and others' clients do).
 */
import type { Random } from './ports.ts';

export type RetryCause =
  /** A connection that worked broke: come back quickly, the network is probably there. */
  | 'lost'
  /** Nobody answered. */
  | 'unreachable'
  /** The gateway ended it or said that it is busy: spread out. */
  | 'busy'
  /** Something on the way did not fit: trying often will not help. */
  | 'failed'
  /** The cache starts a new first sync: at once, but never in a tight loop. */
  | 'restart';

/** Milliseconds: the range of the first wait, and the longest wait. */
const RANGES: Record<RetryCause, { low: number; high: number; longest: number }> = {
  lost: { low: 200, high: 1_000, longest: 30_000 },
  unreachable: { low: 500, high: 1_500, longest: 30_000 },
  busy: { low: 1_000, high: 5_000, longest: 120_000 },
  failed: { low: 5_000, high: 10_000, longest: 120_000 },
  restart: { low: 0, high: 200, longest: 60_000 },
};

/** Milliseconds to wait; `attempt` counts the failures so far, from 0. */
export function retryDelay(cause: RetryCause, attempt: number, random: Random): number {
  const { low, high, longest } = RANGES[cause];
  const factor = 2 ** Math.min(attempt, 20);
  const top = Math.min(high * factor, longest);
  const bottom = Math.min(low * factor, longest / 2);
  return Math.round(bottom + random() * (top - bottom));
}

/** Milliseconds until a command is tried again after `attempts` tries (from 1): 0.5 to 1 s at first, at most a minute. */
export function commandDelay(attempts: number, random: Random): number {
  const top = Math.min(60_000, 1_000 * 2 ** Math.min(Math.max(0, attempts - 1), 16));
  return Math.round(top / 2 + random() * (top / 2));
}
