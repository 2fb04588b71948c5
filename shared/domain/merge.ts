/** Two records of one person made one, so that it can be undone exactly. */
import { z } from 'zod';
import { Contact } from './contact.ts';
import { Id } from './id.ts';
import { Timestamp } from './time.ts';

/** Which record a value is taken from. What is a list (labels, identities, further numbers and addresses) is always put together. */
export const MergeChoice = z.enum(['winner', 'loser']);
export type MergeChoice = z.infer<typeof MergeChoice>;

/** By `name`, `company`, `phone`, `email`, `language`, `timeZone`, `note`, `field:ID`. Left out: the winner's, or the loser's where the winner has none. */
export const MergeChoices = z.record(z.string(), MergeChoice);
export type MergeChoices = z.infer<typeof MergeChoices>;

/**
 * A merge as the gateway keeps it. `winner` and `loser` are both records as they were before it, `conversationIds` those that went over:
 * undoing gives both back, and keeps what was changed since then on the winner where the merge had not touched it.
 */
export const ContactMerge = z.object({
  id: Id,
  winner: Contact,
  loser: Contact,
  conversationIds: z.array(Id),
  choices: MergeChoices,
  /** Null: the gateway by itself, for identical identities. */
  mergedBy: Id.nullable(),
  mergedAt: Timestamp,
  undoneAt: Timestamp.nullable(),
  rev: z.number().int().nonnegative(),
});
export type ContactMerge = z.infer<typeof ContactMerge>;
