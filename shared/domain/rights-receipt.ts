/**
 * What was done for a request, as numbers and dates: shown to the agent, handed to the person, kept in the audit. It holds no
 * name, number or text of the person, so that it may outlive them here.
 */
import { z } from 'zod';
import { Id } from './id.ts';
import { Right } from './policy.ts';
import { Timestamp } from './time.ts';

const Count = z.number().int().nonnegative();

/** What was bundled, corrected, veiled or removed on this device. */
export const RightsCounts = z.object({
  contacts: Count.default(0),
  conversations: Count.default(0),
  messages: Count.default(0),
  notes: Count.default(0),
  files: Count.default(0),
  bytes: Count.default(0),
  outbox: Count.default(0),
  exports: Count.default(0),
  fields: Count.default(0),
});
export type RightsCounts = z.infer<typeof RightsCounts>;

/** How long the gateway's backups may still hold what was deleted. */
export const BackupsUntil = z.discriminatedUnion('stated', [
  z.object({ stated: z.literal(true), at: Timestamp, days: z.number().nonnegative(), source: z.string() }),
  z.object({ stated: z.literal(false), source: z.string() }),
]);
export type BackupsUntil = z.infer<typeof BackupsUntil>;

export const RightsReceipt = z.object({
  id: Id,
  requestId: Id,
  kind: Right,
  contactId: Id,
  policyId: z.string(),
  policyVersion: z.number().int().positive(),
  at: Timestamp,
  by: Id,
  counts: RightsCounts,
  /** What another office was asked to do, and what it answered; a request to it is not the act itself. */
  asked: z.object({
    who: z.enum(['gateway', 'controller', 'nobody']),
    at: Timestamp.nullable(),
    answer: z.enum(['accepted', 'refused', 'pending']).nullable(),
  }),
  /** Of an erasure; null for other rights. */
  backups: BackupsUntil.nullable(),
  /** SHA-256 of the bundle that was handed over, 64 hexadecimal digits; null: there was none. */
  bundleSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .nullable(),
  /** The scan of the raw files after an erasure: `found` must be 0; null: not an erasure. */
  scan: z.object({ files: Count, bytes: Count, found: Count }).nullable(),
});
export type RightsReceipt = z.infer<typeof RightsReceipt>;
