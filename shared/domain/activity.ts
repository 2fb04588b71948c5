import { z } from 'zod';
import { Id } from './id.ts';
import { Timestamp } from './time.ts';

/** What was done to a conversation. `from` and `to` are ids (users, teams, labels) or statuses, by `kind`. */
export const ActivityKind = z.enum([
  'assigned',
  'taken_over',
  'returned_to_queue',
  'closed',
  'reopened',
  'snoozed',
  'label_added',
  'label_removed',
  /** The contact wrote STOP, or said so elsewhere. */
  'consent_withdrawn',
  'consent_given',
  /** A message went out without recorded consent: `to` is the message, `note` the reason. */
  'consent_overridden',
]);

/** One line of a conversation's timeline: who did what. `actorId` null: the gateway by itself (a customer wrote, a snooze ended). */
export const Activity = z.object({
  id: Id,
  conversationId: Id,
  actorId: Id.nullable(),
  kind: ActivityKind,
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** What the actor said with it: a hand-over note, a reason for closing. */
  note: z.string().max(2000).nullable(),
  at: Timestamp,
  rev: z.number().int().nonnegative(),
});
export type Activity = z.infer<typeof Activity>;
