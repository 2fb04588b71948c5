/** What can be done to one conversation or to many at once. */
import { z } from 'zod';
import { ConversationStatus } from '../domain/conversation.ts';
import { Id } from '../domain/id.ts';
import { Timestamp } from '../domain/time.ts';

export const ConversationAction = z.discriminatedUnion('type', [
  /** Both null: back to the queue. */
  z.object({
    type: z.literal('assign'),
    assigneeId: Id.nullable(),
    teamId: Id.nullable(),
    note: z.string().max(2000).nullable(),
  }),
  z.object({
    type: z.literal('status'),
    status: ConversationStatus,
    /** With `snoozed`: until then, or null until the customer writes. */
    snoozedUntil: Timestamp.nullable(),
    reason: z.string().max(200).nullable(),
  }),
  z.object({ type: z.literal('labels'), add: z.array(Id).max(100), remove: z.array(Id).max(100) }),
  z.object({ type: z.literal('read') }),
  z.object({ type: z.literal('unread') }),
  z.object({ type: z.literal('pin'), pinned: z.boolean() }),
]);
export type ConversationAction = z.infer<typeof ConversationAction>;

/** At most this many conversations in one action. */
export const MAX_BULK = 5000;

/** `undoId` takes the action back with `undo.apply`, for a while; null when nothing changed. */
export const ActionOutcome = z.object({ undoId: Id.nullable(), changed: z.number().int() });
export type ActionOutcome = z.infer<typeof ActionOutcome>;
