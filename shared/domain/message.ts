import { z } from 'zod';
import { Id } from './id.ts';
import { MessageContent } from './message-content.ts';
import { Delivery } from './message-status.ts';
import { Timestamp } from './time.ts';

/** `phone`: somebody of the company wrote it in the provider's own app (an echo). `gateway`: an automatism there. */
export const MessageAuthor = z.discriminatedUnion('type', [
  z.object({ type: z.literal('contact') }),
  z.object({ type: z.literal('user'), userId: Id }),
  z.object({ type: z.literal('phone') }),
  z.object({ type: z.literal('gateway') }),
]);
export type MessageAuthor = z.infer<typeof MessageAuthor>;

/** `by` is `contact` or a user id. One reactor has at most one reaction on a message. */
export const Reaction = z.object({ by: z.string(), emoji: z.string(), at: Timestamp });
export type Reaction = z.infer<typeof Reaction>;

/** The message that this one answers. `text` and `author` are a copy, for when the original is not on this machine. */
export const Quote = z.object({
  messageId: Id.nullable(),
  providerId: z.string().nullable(),
  kind: z.string().nullable(),
  text: z.string().nullable(),
});

/** The advertisement or post from which a customer came. */
export const Referral = z.object({
  sourceType: z.string().nullable(),
  sourceUrl: z.string().nullable(),
  headline: z.string().nullable(),
  body: z.string().nullable(),
});

/** One earlier wording of an edited message. */
export const Revision = z.object({ content: MessageContent, until: Timestamp });

/**
 * One message of a conversation. `rev` is the sequence number of the last event that changed it: a state with a lower `rev`
 * never replaces one with a higher. `delivery` is null for inbound messages.
 */
export const Message = z.object({
  id: Id,
  conversationId: Id,
  channelId: Id,
  direction: z.enum(['in', 'out']),
  author: MessageAuthor,
  sentAt: Timestamp,
  content: MessageContent,
  quote: Quote.nullable(),
  forwarded: z.enum(['no', 'once', 'many']),
  referral: Referral.nullable(),
  reactions: z.array(Reaction),
  revisions: z.array(Revision),
  editedAt: Timestamp.nullable(),
  deletedAt: Timestamp.nullable(),
  deletedBy: z.enum(['contact', 'business']).nullable(),
  delivery: Delivery.nullable(),
  providerId: z.string().nullable(),
  rev: z.number().int().nonnegative(),
});
export type Message = z.infer<typeof Message>;

/** An internal note: never leaves the company. `mentions` are user ids. */
export const Note = z.object({
  id: Id,
  conversationId: Id,
  authorId: Id,
  body: z.string().min(1).max(10_000),
  mentions: z.array(Id),
  createdAt: Timestamp,
  rev: z.number().int().nonnegative(),
});
export type Note = z.infer<typeof Note>;
