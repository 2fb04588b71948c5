/**
 * Things that people make for themselves or their team and that follow them to every desktop: canned replies, macros, saved
 * views, pins. They travel as one kind of state, so that a new sort of thing needs no new event.
 */
import { z } from 'zod';
import { ContactFilter, ContactSort } from './contact-filter.ts';
import { ConversationFilter, ConversationSort } from './conversation-filter.ts';
import { ConversationStatus } from './conversation.ts';
import { Id } from './id.ts';

/** A text to start from. `folder` is a path with `/`; `body` may hold {{contact.name}}, {{contact.first_name}}, {{agent.name}}, {{channel.name}}. */
export const CannedReply = z.object({
  kind: z.literal('canned_reply'),
  /** What is typed after the slash: letters, digits, `-` and `_`. */
  shortcut: z.string().regex(/^[\p{L}\p{N}_-]{1,40}$/u),
  title: z.string().min(1).max(120),
  folder: z.string().max(120),
  body: z.string().min(1).max(4096),
});
export type CannedReply = z.infer<typeof CannedReply>;

/** Several steps in one key. A null step is left out. */
export const Macro = z.object({
  kind: z.literal('macro'),
  title: z.string().min(1).max(120),
  reply: z.string().max(4096).nullable(),
  addLabelIds: z.array(Id).max(20),
  removeLabelIds: z.array(Id).max(20),
  /** `me`: whoever runs it; `queue`: nobody. */
  assign: z.union([z.enum(['me', 'queue']), z.object({ userId: Id }), z.object({ teamId: Id })]).nullable(),
  status: ConversationStatus.nullable(),
});
export type Macro = z.infer<typeof Macro>;

export const SavedView = z.object({
  kind: z.literal('saved_view'),
  title: z.string().min(1).max(80),
  filter: ConversationFilter,
  sort: ConversationSort,
});
export type SavedView = z.infer<typeof SavedView>;

/** A conversation kept at the top of one person's lists. */
export const Pin = z.object({ kind: z.literal('pin'), conversationId: Id });
export type Pin = z.infer<typeof Pin>;

/** A saved filter of contacts. */
export const Segment = z.object({
  kind: z.literal('segment'),
  title: z.string().min(1).max(80),
  filter: ContactFilter,
  sort: ContactSort,
});
export type Segment = z.infer<typeof Segment>;

export const LibraryContent = z.discriminatedUnion('kind', [CannedReply, Macro, SavedView, Segment, Pin]);
export type LibraryContent = z.infer<typeof LibraryContent>;

/** `personal` things are seen by their owner alone; `team` things by everybody, and changed by supervisors and owners. */
export const LibraryItem = z.object({
  id: Id,
  scope: z.enum(['team', 'personal']),
  ownerId: Id,
  content: LibraryContent,
  deleted: z.boolean(),
  rev: z.number().int().nonnegative(),
});
export type LibraryItem = z.infer<typeof LibraryItem>;
