/**
 * When a thing's time is over.
 *
 * The rule, in full:
 * 1. A thing goes when it is OLDER than its days: its time lies before the cut-off. Exactly at the cut-off it is still there.
 * 2. Days are counted twice, as calendar days in the workspace's time zone and as 24 hours each, and the reading that deletes
 *    first holds. So a clock change in spring or autumn never keeps a thing for an hour more than either reading allows.
 * 3. When the wall-clock time of the cut-off does not exist or exists twice, the later instant is taken, which deletes more.
 * 4. The clock is the gateway's while it is known. Without it the device's clock counts, but never one before the last purge:
 *    turning the clock back gains no time. The next word from the gateway puts a wrong clock right.
 */
import { addCalendarDays } from './calendar.ts';
import type { Id } from './id.ts';
import type { LegalHold } from './legal-hold.ts';
import { holdsOn } from './legal-hold.ts';
import type { EffectiveRetention, RetentionClass } from './retention.ts';
import { DAY, MINUTE } from './time.ts';

/** Things before this moment go; null: nothing goes by age. */
export function cutoffAt(days: number | null, now: number, timeZone: string): number | null {
  if (days === null) return null;
  return Math.max(0, now - days * DAY, addCalendarDays(now, -days, timeZone, 'later'));
}

/** The moment after which a thing is over, for showing it; null: never by age. */
export function expiresAt(days: number | null, from: number, timeZone: string): number | null {
  if (days === null) return null;
  return Math.min(from + days * DAY, addCalendarDays(from, days, timeZone, 'earlier'));
}

/** The cut-off of a class at `now`. */
export function cutoffOf(retention: EffectiveRetention, name: RetentionClass, now: number): number | null {
  return cutoffAt(retention.clocks[name].days, now, retention.timeZone);
}

/** `at`: what the age of its class is counted from (retention.ts). */
export type Ageing = {
  class: RetentionClass;
  at: number;
  conversationId: Id | null;
  contactId: Id | null;
};

/** `held`: its time is over, but these holds keep it, and it is shown with them. */
export type Fate = { fate: 'keep' } | { fate: 'purge' } | { fate: 'held'; holds: LegalHold[] };

export function fateOf(
  thing: Ageing,
  retention: EffectiveRetention,
  holds: readonly LegalHold[],
  now: number,
): Fate {
  const cutoff = cutoffOf(retention, thing.class, now);
  if (cutoff === null || thing.at >= cutoff) return { fate: 'keep' };
  const keeping = holdsOn(holds, thing);
  return keeping.length === 0 ? { fate: 'purge' } : { fate: 'held', holds: keeping };
}

/** Further apart than this, the device's clock is called wrong. */
const TOLERANCE = 5 * MINUTE;

/**
 * The time that a purge goes by. `gateway`: the gateway's clock as known from this run's connection, carried on by a clock that
 * nobody can set; null: not connected since the start. `lastPurge`: what this function gave for the last purge; null: none yet.
 */
export function purgeTime(clocks: { device: number; gateway: number | null; lastPurge: number | null }): {
  now: number;
  deviceClock: 'right' | 'fast' | 'slow';
} {
  const { device, gateway, lastPurge } = clocks;
  const now = gateway ?? Math.max(device, lastPurge ?? device);
  const off = device - now;
  return { now, deviceClock: Math.abs(off) <= TOLERANCE ? 'right' : off > 0 ? 'fast' : 'slow' };
}
