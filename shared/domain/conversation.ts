import { z } from 'zod';
import type { Capabilities } from './channel.ts';
import { Id } from './id.ts';
import { MessageStatus } from './message-status.ts';
import { HOUR, Timestamp } from './time.ts';

export const ConversationStatus = z.enum(['open', 'snoozed', 'closed']);
export type ConversationStatus = z.infer<typeof ConversationStatus>;

/** The newest message in short, for the list. */
export const LastMessage = z.object({
  id: Id,
  kind: z.string(),
  text: z.string(),
  direction: z.enum(['in', 'out']),
  status: MessageStatus.nullable(),
  at: Timestamp,
});
export type LastMessage = z.infer<typeof LastMessage>;

/**
 * A contact on a channel, as the gateway knows it. `unread` counts inbound messages that nobody of the company has read;
 * `waitingSince` is the time of the first inbound message without an answer, since it was last opened; `windowEndsAt` is the end of
 * the provider's answering window where the channel has one and the gateway knows it. `rev`: see Message.
 */
export const Conversation = z.object({
  id: Id,
  channelId: Id,
  contactId: Id,
  status: ConversationStatus,
  /** Null while snoozed: until the customer writes. */
  snoozedUntil: Timestamp.nullable(),
  closeReason: z.string().max(200).nullable().default(null),
  assigneeId: Id.nullable(),
  /** The team it was passed to; with an assignee, the team that this person took it from. */
  teamId: Id.nullable().default(null),
  labelIds: z.array(Id),
  unread: z.number().int().nonnegative(),
  waitingSince: Timestamp.nullable(),
  lastInboundAt: Timestamp.nullable(),
  windowEndsAt: Timestamp.nullable(),
  lastMessage: LastMessage.nullable(),
  /** Orders the list: time of the newest message, or of creation. */
  activeAt: Timestamp,
  createdAt: Timestamp,
  rev: z.number().int().nonnegative(),
});
export type Conversation = z.infer<typeof Conversation>;

/** When answering freely ends. `estimated`: the gateway did not say, so it is the last inbound message plus the window. */
export type Window = { endsAt: number; estimated: boolean };

/**
 * The answering window of a conversation, or null on a channel that has none. A conversation in which the customer never
 * wrote has a window that ended at 0.
 */
export function windowOf(
  conversation: Pick<Conversation, 'windowEndsAt' | 'lastInboundAt'>,
  capabilities: Pick<Capabilities, 'windowHours'>,
): Window | null {
  if (capabilities.windowHours === null) return null;
  if (conversation.windowEndsAt !== null) return { endsAt: conversation.windowEndsAt, estimated: false };
  if (conversation.lastInboundAt === null) return { endsAt: 0, estimated: true };
  return { endsAt: conversation.lastInboundAt + capabilities.windowHours * HOUR, estimated: true };
}
