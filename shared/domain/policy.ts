/**
 * What a gateway promises about the data of its customers, as data: every figure carries the place it comes from, and `null`
 * means "the policy does not say", which is never "unlimited".
 */
import { z } from 'zod';
import { Timestamp } from './time.ts';

/** A promised number with the sentence or section of the policy that it comes from. */
export const Promised = z.object({ value: z.number().nonnegative().nullable(), source: z.string() });
export type Promised = z.infer<typeof Promised>;

/** Who answers a request: the gateway itself, the customer company (controller), or nobody, because it is not promised. */
export const RightHolder = z.enum(['gateway', 'controller', 'not_promised']);

export const PolicyProfile = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number().int().positive(),
  effectiveAt: Timestamp,
  /** `off`: nothing of this workspace may be stored at rest on a desktop. */
  storage: z.enum(['on', 'off']),
  messageLogDays: Promised,
  messageContentDays: Promised,
  backupDays: Promised,
  terminationDays: Promised,
  requestDays: Promised,
  breachHours: Promised,
  minimumAge: Promised,
  noticeDays: Promised,
  minimumTls: z.enum(['1.2', '1.3']),
  rights: z.object({
    access: RightHolder,
    rectify: RightHolder,
    erase: RightHolder,
    port: RightHolder,
    restrict: RightHolder,
    object: RightHolder,
    withdraw: RightHolder,
  }),
  rev: z.number().int().nonnegative(),
});
export type PolicyProfile = z.infer<typeof PolicyProfile>;
