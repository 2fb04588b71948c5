/** What the page shows, as the cache answers it: states of the domain together with what only this machine knows. */
import { z } from 'zod';
import { Activity } from '../domain/activity.ts';
import { Channel } from '../domain/channel.ts';
import { ContactField } from '../domain/contact-field.ts';
import { Contact } from '../domain/contact.ts';
import { ConversationFilter } from '../domain/conversation-filter.ts';
import { Conversation, ConversationStatus } from '../domain/conversation.ts';
import { Id } from '../domain/id.ts';
import { LegalHold } from '../domain/legal-hold.ts';
import { MediaRef, MessageContent } from '../domain/message-content.ts';
import { Message, Note } from '../domain/message.ts';
import { BreachNotice } from '../domain/policy-clocks.ts';
import { PolicyProfile } from '../domain/policy.ts';
import { WorkspaceRetention } from '../domain/retention.ts';
import { Team } from '../domain/team.ts';
import { Timestamp } from '../domain/time.ts';
import { Label, Template, User } from '../domain/workspace.ts';
import { GatewayErrorKind } from '../protocol/errors.ts';

/**
 * A view of the inbox. `mine`, `unassigned`, `all` show what is not closed and not snoozed; `channel` and `label` too.
 */
export const View = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['mine', 'unassigned', 'all', 'mentions', 'snoozed', 'closed']) }),
  z.object({ kind: z.literal('channel'), id: Id }),
  z.object({ kind: z.literal('label'), id: Id }),
  /** A saved view of the library: its filter and its order. */
  z.object({ kind: z.literal('saved'), id: Id }),
  z.object({ kind: z.literal('filter'), filter: ConversationFilter }),
]);
export type View = z.infer<typeof View>;

/** `total` conversations in the view, `unread` of them with something unread. */
export const ViewCount = z.object({ view: View, total: z.number().int(), unread: z.number().int() });
export type ViewCount = z.infer<typeof ViewCount>;

/** One line of the conversation list. */
export const ConversationRow = z.object({
  conversation: Conversation,
  contactName: z.string(),
  /** Text of an unsent draft, shown instead of the last message. */
  draft: z.string().nullable(),
  /** Messages of this conversation that failed or are held, and that wait to be sent. */
  failed: z.number().int(),
  unsent: z.number().int(),
  /** Kept at the top of this person's lists. */
  pinned: z.boolean(),
  /** A note here mentions this person, and the conversation is not closed. */
  mentioned: z.boolean(),
});
export type ConversationRow = z.infer<typeof ConversationRow>;

/** Position in the list: what the order goes by (a time), then id. */
export const ListCursor = z.object({ key: Timestamp, id: Id });
export type ListCursor = z.infer<typeof ListCursor>;

/** Why something unsent waits for a choice: what the gateway refused, or what was found when it was about to be sent. */
export const HoldReason = z.union([GatewayErrorKind, z.literal('reassigned')]);
export type HoldReason = z.infer<typeof HoldReason>;

/** What this machine knows about a message or change that the gateway does not have yet. */
export const OutboxStatus = z.object({
  /** Id of the command. */
  id: Id,
  /**
   * `scheduled` (not before `sendAt`: send later, or the time to undo), `waiting` for its turn, `sending`, `sent` (acked, its event not here
   * yet), `held` (needs a choice).
   */
  state: z.enum(['scheduled', 'waiting', 'sending', 'sent', 'held']),
  sendAt: Timestamp.nullable(),
  attempts: z.number().int(),
  nextAttemptAt: Timestamp.nullable(),
  error: HoldReason.nullable(),
});
export type OutboxStatus = z.infer<typeof OutboxStatus>;

/** One entry of a thread. */
export const ThreadItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: Message, outbox: OutboxStatus.nullable() }),
  z.object({ type: z.literal('note'), note: Note, outbox: OutboxStatus.nullable() }),
  z.object({ type: z.literal('activity'), activity: Activity }),
]);
export type ThreadItem = z.infer<typeof ThreadItem>;

/** Position in a thread: time, then id. */
export const ThreadCursor = z.object({ at: Timestamp, id: Id });
export type ThreadCursor = z.infer<typeof ThreadCursor>;

/** Oldest item first. `older`: where the next older ones are: in the cache, only at the gateway, or nowhere. */
export const ThreadPage = z.object({
  items: z.array(ThreadItem),
  older: z.enum(['cache', 'gateway', 'none']),
  /** Whether there are newer ones than the last item (after a jump into the past). */
  newer: z.boolean(),
});
export type ThreadPage = z.infer<typeof ThreadPage>;

/** What was written and not sent, per conversation. Empty: no text and no attachments. */
export const Draft = z.object({
  text: z.string().max(65_536),
  /** The note that is being written beside it. */
  note: z.string().max(10_000).optional(),
  quotedMessageId: Id.nullable(),
  /** Files on this machine that were not sent yet, with their captions. */
  attachments: z
    .array(
      z.object({
        media: MediaRef,
        caption: z.string().max(4096),
        /** Sent as the file that it is, where it would otherwise be a picture or a video. */
        asDocument: z.boolean().optional(),
      }),
    )
    .max(30),
});
export type Draft = z.infer<typeof Draft>;

/** Everything about a conversation but its thread. `channel` decides what can be done in it. */
export const ConversationDetail = z.object({
  conversation: Conversation,
  contact: Contact,
  channel: Channel,
  draft: Draft.nullable(),
});
export type ConversationDetail = z.infer<typeof ConversationDetail>;

/** The workspace's people and things: small, read whole. */
export const Directory = z.object({
  users: z.array(User),
  teams: z.array(Team),
  channels: z.array(Channel),
  labels: z.array(Label),
  templates: z.array(Template),
  fields: z.array(ContactField).default([]),
  policy: PolicyProfile.nullable(),
  /** Null: no snapshot has told it yet, so nothing may be purged. */
  retention: WorkspaceRetention.nullable().default(null),
  holds: z.array(LegalHold).default([]),
  breaches: z.array(BreachNotice).default([]),
});
export type Directory = z.infer<typeof Directory>;

/** What an unsent change does to its conversation. */
export const OutboxChange = z.discriminatedUnion('type', [
  /** Both null: back to the queue. */
  z.object({ type: z.literal('assign'), assigneeId: Id.nullable(), teamId: Id.nullable() }),
  z.object({ type: z.literal('status'), status: ConversationStatus, snoozedUntil: Timestamp.nullable() }),
  /** All that it has afterwards. */
  z.object({ type: z.literal('labels'), labelIds: z.array(Id) }),
  z.object({ type: z.literal('unread') }),
  /** Null: the reaction was taken back. */
  z.object({ type: z.literal('react'), emoji: z.string().nullable() }),
]);
export type OutboxChange = z.infer<typeof OutboxChange>;

/** An unsent command as the outbox shows it. What only says how far somebody has read is not among them. */
export const OutboxItem = z.object({
  status: OutboxStatus,
  type: z.string(),
  /** Of a message or note: its id, for retrying, revising and discarding it. */
  messageId: Id.nullable(),
  conversationId: Id,
  contactName: z.string(),
  text: z.string(),
  /** Of a message: what it says, for editing it before it goes. */
  content: MessageContent.nullable(),
  /** Null: a message, another try of one, or a note. */
  change: OutboxChange.nullable(),
  createdAt: Timestamp,
});
export type OutboxItem = z.infer<typeof OutboxItem>;

/** One hit of a search. `snippet` is text with the hits as [start, end) offsets in UTF-16 units. */
export const SearchHit = z.object({
  type: z.enum(['message', 'note', 'contact']),
  id: Id,
  conversationId: Id.nullable(),
  contactName: z.string(),
  at: Timestamp,
  snippet: z.string(),
  highlights: z.array(z.tuple([z.number().int(), z.number().int()])),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** `searched` of `total` messages of the cache are in the index; `complete`: the gateway has nothing older. */
export const SearchResult = z.object({
  hits: z.array(SearchHit),
  searched: z.number().int(),
  total: z.number().int(),
  complete: z.boolean(),
});
export type SearchResult = z.infer<typeof SearchResult>;

/** What a change in the cache touched: the page asks again for just these. */
export const ChangeSet = z.object({
  conversations: z.array(Id),
  contacts: z.array(Id),
  /** The list of conversations or a count has changed. */
  lists: z.boolean(),
  directory: z.boolean(),
  outbox: z.boolean(),
  library: z.boolean(),
  /** The table of contacts, a count of it, or a request of the rights desk has changed. */
  people: z.boolean().default(false),
  /** More changed than could be listed: ask for everything again. */
  everything: z.boolean(),
});
export type ChangeSet = z.infer<typeof ChangeSet>;

/** Numbers for the diagnostics screen: no contents. */
export const Diagnostics = z.object({
  version: z.string(),
  protocol: z.number().int(),
  cursor: z.number().int(),
  messages: z.number().int(),
  conversations: z.number().int(),
  outbox: z.number().int(),
  quarantined: z.number().int(),
  cacheBytes: z.number().int(),
  cipher: z.string(),
  keyMode: z.string().nullable(),
});
export type Diagnostics = z.infer<typeof Diagnostics>;
