/** The end of the workspace: what the gateway told, and what this device does about it. */
import { z } from 'zod';
import { Promised } from '../domain/policy.ts';
import { WorkspaceTermination } from '../domain/termination.ts';
import { Timestamp } from '../domain/time.ts';
import { call, nothing } from './call.ts';

export const TerminationView = z.object({
  /** Null: none was announced. One that was taken back has `cancelledAt`. */
  termination: WorkspaceTermination.nullable(),
  /** When this device is wiped; null: it is not. */
  wipeAt: Timestamp.nullable(),
  /** Whole dates until then; null as `wipeAt`. */
  daysLeft: z.number().int().nonnegative().nullable(),
  /** What the profile promises about the time after the end, in days; `value` null: not stated. */
  promised: Promised,
  /** The time that this is counted by: the gateway's, or the latest that was seen here. */
  now: Timestamp,
  /** Whether this user may announce the end and take it back. */
  mayEdit: z.boolean(),
});
export type TerminationView = z.infer<typeof TerminationView>;

export const terminationCalls = {
  'termination.get': call(nothing, TerminationView),
  /** For owners. In the past means now. */
  'termination.begin': call(z.object({ endsAt: Timestamp }), nothing),
  'termination.cancel': call(nothing, nothing),
} as const;
