/**
 * The end of a workspace: the contract ends at a date, and what every desktop has of it goes so many days later as the profile promises.
 * Nothing is invented: without a promised number nothing outlasts the contract (policy-clocks.ts).
 */
import { z } from 'zod';
import { Id } from './id.ts';
import { terminationOf } from './policy-clocks.ts';
import type { PolicyProfile } from './policy.ts';
import { Timestamp } from './time.ts';

/** As the gateway tells it. One that was taken back is told with `cancelledAt`. */
export const WorkspaceTermination = z.object({
  /** When the contract ends, or ended. */
  endsAt: Timestamp,
  /** When the desktops wipe what they have; null: the gateway does not say, so the profile that is in force counts. */
  wipeAt: Timestamp.nullable(),
  announcedAt: Timestamp,
  /** Null: the gateway itself. */
  announcedBy: Id.nullable(),
  cancelledAt: Timestamp.nullable().default(null),
  cancelledBy: Id.nullable().default(null),
});
export type WorkspaceTermination = z.infer<typeof WorkspaceTermination>;

/** When this device is wiped; null: it is not, because the end was taken back or never announced. */
export function wipeTime(
  termination: WorkspaceTermination | null,
  profile: Pick<PolicyProfile, 'terminationDays'> | null,
  timeZone: string,
): number | null {
  if (termination === null || termination.cancelledAt !== null) return null;
  const { endsAt, wipeAt } = termination;
  if (wipeAt !== null) return wipeAt;
  return profile === null ? endsAt : terminationOf(profile, endsAt, endsAt, timeZone).wipeAt;
}

/** What a device knows about time while it may be offline. All in epoch milliseconds. */
export type DeviceClocks = {
  device: number;
  /** The gateway's clock as known in this run, carried on by a clock that nobody can set; null: not connected yet. */
  gateway: number | null;
  /** The latest time that was ever seen here, carried on by the time that the application has run since. */
  seen: number;
};

/**
 * The time by which the countdown runs. The gateway's word counts while it is known, and puts a wrong clock right. Without it the later of the
 * two others: turning the clock back gains nothing but the time in which Parley does not run.
 */
export function countdownTime({ device, gateway, seen }: DeviceClocks): number {
  return gateway ?? Math.max(device, seen);
}
