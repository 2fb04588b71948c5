/**
 * Delivery status of an outgoing message. Statuses are not a line: `delivered` may be missing, arrive late, or come after
 * `failed` (WhatsApp Cloud API, message status webhooks). They are merged by attempt, rank and time, so that the result does
 * not depend on the order of arrival.
 */
import { z } from 'zod';
import { Timestamp } from './time.ts';

export const MessageStatus = z.enum(['queued', 'sent', 'failed', 'delivered', 'read', 'played']);
export type MessageStatus = z.infer<typeof MessageStatus>;

/** Why the provider did not deliver. Each kind has one sentence and one next step in the page. */
export const DeliveryErrorKind = z.enum([
  'undeliverable',
  'window_closed',
  'opted_out',
  'blocked',
  'experiment',
  'rate_limited',
  'media_rejected',
  'template_missing',
  'template_parameters',
  'template_paused',
  'template_disabled',
  'account_restricted',
  'payment',
  'authorisation',
  'invalid_recipient',
  'unavailable',
  'unknown',
]);
export type DeliveryErrorKind = z.infer<typeof DeliveryErrorKind>;

/** `code` is the provider's own number; `title` and `details` are its own words. */
export const DeliveryError = z.object({
  kind: DeliveryErrorKind,
  code: z.number().int().nullable(),
  title: z.string(),
  details: z.string().nullable(),
});
export type DeliveryError = z.infer<typeof DeliveryError>;

/** The state of delivery after all that is known. `attempt` counts from 1; a retry of the same message raises it. */
export const Delivery = z.object({
  status: MessageStatus,
  at: Timestamp,
  attempt: z.number().int().positive(),
  error: DeliveryError.nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

const RANK: Record<MessageStatus, number> = {
  queued: 0,
  sent: 1,
  failed: 2,
  delivered: 3,
  read: 4,
  played: 5,
};

/**
 * Merges two reports about the same message: the later attempt wins, then the higher rank, then the earlier time.
 * Commutative, associative and idempotent, so that duplicates and reordering change nothing.
 */
export function mergeDelivery(a: Delivery, b: Delivery): Delivery {
  if (a.attempt !== b.attempt) return a.attempt > b.attempt ? a : b;
  if (a.status !== b.status) return RANK[a.status] > RANK[b.status] ? a : b;
  if (a.at !== b.at) return a.at < b.at ? a : b;
  return JSON.stringify(a.error) <= JSON.stringify(b.error) ? a : b;
}
