/**
 * How a message lies in its row. What has a column of its own, and what is at its usual value, is left out of the JSON: a typical
 * row is a third of the whole message, so more of them fit on a page that has to be decrypted.
 */
import type { Message } from '../../../shared/domain/message.ts';

/** The columns that complete the JSON. `conversationId` and `channelId` are those of the conversation. */
export type StoredColumns = {
  id: string;
  conversationId: string;
  channelId: string;
  sentAt: number;
  rev: number;
};

type Packed = Partial<Message>;

/** The JSON of a message's row. `channelId` is the conversation's, which is nearly always the message's too. */
export function packMessage(message: Message, channelId: string): string {
  const packed: Packed = {};
  if (message.channelId !== channelId) packed.channelId = message.channelId;
  if (message.direction !== 'in') packed.direction = message.direction;
  if (message.author.type !== 'contact') packed.author = message.author;
  packed.content = message.content;
  if (message.quote !== null) packed.quote = message.quote;
  if (message.forwarded !== 'no') packed.forwarded = message.forwarded;
  if (message.referral !== null) packed.referral = message.referral;
  if (message.reactions.length > 0) packed.reactions = message.reactions;
  if (message.revisions.length > 0) packed.revisions = message.revisions;
  if (message.editedAt !== null) packed.editedAt = message.editedAt;
  if (message.deletedAt !== null) packed.deletedAt = message.deletedAt;
  if (message.deletedBy !== null) packed.deletedBy = message.deletedBy;
  if (message.delivery !== null) packed.delivery = message.delivery;
  if (message.providerId !== null) packed.providerId = message.providerId;
  return JSON.stringify(packed);
}

/** The whole message again. `packed` may already be parsed, as it is when a page of them was parsed at once. */
export function unpackMessage(packed: string | Packed, columns: StoredColumns): Message {
  const fields: Packed = typeof packed === 'string' ? (JSON.parse(packed) as Packed) : packed;
  const { content } = fields;
  if (content === undefined) throw new Error('a stored message has no content');
  return {
    id: columns.id,
    conversationId: columns.conversationId,
    channelId: fields.channelId ?? columns.channelId,
    direction: fields.direction ?? 'in',
    author: fields.author ?? { type: 'contact' },
    sentAt: columns.sentAt,
    content,
    quote: fields.quote ?? null,
    forwarded: fields.forwarded ?? 'no',
    referral: fields.referral ?? null,
    reactions: fields.reactions ?? [],
    revisions: fields.revisions ?? [],
    editedAt: fields.editedAt ?? null,
    deletedAt: fields.deletedAt ?? null,
    deletedBy: fields.deletedBy ?? null,
    delivery: fields.delivery ?? null,
    providerId: fields.providerId ?? null,
    rev: columns.rev,
  };
}
