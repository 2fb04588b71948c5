/** What a list of conversations is made of: conditions that must all hold, and an order. */
import { z } from 'zod';
import { ConversationStatus } from './conversation.ts';
import { Id } from './id.ts';

/** Null and empty lists ask for nothing. `assignee`: `me` and `nobody`, or one user. */
export const ConversationFilter = z.object({
  status: z.array(ConversationStatus).max(3),
  channelIds: z.array(Id).max(100),
  /** At least one of these. */
  labelIds: z.array(Id).max(100),
  assignee: z
    .union([z.enum(['me', 'nobody', 'somebody']), z.object({ userId: Id }), z.object({ teamId: Id })])
    .nullable(),
  unread: z.boolean().nullable(),
  failed: z.boolean().nullable(),
  draft: z.boolean().nullable(),
  mentioned: z.boolean().nullable(),
  /** The answering window is open and closes within this many minutes. */
  windowClosingMinutes: z.number().int().positive().nullable(),
  /** The customer has waited for an answer for longer than this many minutes. */
  waitingMinutes: z.number().int().nonnegative().nullable(),
});
export type ConversationFilter = z.infer<typeof ConversationFilter>;

/** The filter that lets everything through. */
export const NO_FILTER: ConversationFilter = {
  status: [],
  channelIds: [],
  labelIds: [],
  assignee: null,
  unread: null,
  failed: null,
  draft: null,
  mentioned: null,
  windowClosingMinutes: null,
  waitingMinutes: null,
};

/** `newest` and `oldest` go by last activity, `waiting` by who waits longest, `window` by whose window closes first. */
export const ConversationSort = z.enum(['newest', 'oldest', 'waiting', 'window']);
export type ConversationSort = z.infer<typeof ConversationSort>;
