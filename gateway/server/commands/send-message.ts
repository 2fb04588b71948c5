/** Sending, and sending once more what has failed. */
import { previewText } from '../../../shared/domain/message-content.ts';
import type { Message } from '../../../shared/domain/message.ts';
import type { CommandContext, DataOf } from './command-context.ts';
import { channelOf, messageIn, visibleConversation } from './command-context.ts';
import { checkSendable } from './sendable.ts';
import { Refusal } from '../errors.ts';

/** Puts the message into the log as queued, and into the way out, at once. */
export function sendMessage(context: CommandContext, data: DataOf<'message.send'>): number {
  const { store, viewer, now } = context;
  const conversation = visibleConversation(context, data.conversationId);
  const { channel } = channelOf(context, conversation);
  const contact = store.contacts.get(viewer.ws, conversation.contactId);
  if (contact === null || store.contacts.addressFor(contact, channel.kind, null) === null) {
    throw new Refusal('not_found', 'contact');
  }
  const override = wordsOf(data.override);
  const sendable = checkSendable(context, conversation, contact, channel, data.content, override);
  const { seenRev } = data;
  if (seenRev != null && store.log.somebodyElseWrote(viewer.ws, conversation.id, viewer.userId, seenRev)) {
    throw new Refusal('unseen');
  }
  if (store.messages.get(data.messageId) !== null) throw new Refusal('conflict', 'the message id is taken');

  let quote: Message['quote'] = null;
  if (data.quotedMessageId !== null) {
    if (!channel.capabilities.quotes) throw new Refusal('unsupported', 'quotes');
    const quoted = messageIn(context, conversation, data.quotedMessageId);
    quote = {
      messageId: quoted.id,
      providerId: quoted.providerId,
      kind: quoted.content.kind,
      text: previewText(quoted.content),
    };
  }

  const message: Message = {
    id: data.messageId,
    conversationId: conversation.id,
    channelId: channel.id,
    direction: 'out',
    author: { type: 'user', userId: viewer.userId },
    sentAt: now,
    content: store.media.adoptContent(viewer.ws, channel.id, conversation.id, sendable.content),
    quote,
    forwarded: 'no',
    referral: null,
    reactions: [],
    revisions: [],
    editedAt: null,
    deletedAt: null,
    deletedBy: null,
    delivery: { status: 'queued', at: now, attempt: 1, error: null },
    providerId: null,
    rev: 0,
  };
  const added = store.changes.addMessage(viewer.ws, message, conversation, {
    dedupKey: null,
    capabilities: channel.capabilities,
    at: now,
  });
  store.outbound.put({
    ws: viewer.ws,
    conversationId: conversation.id,
    kind: 'send',
    messageId: message.id,
    attempt: 1,
    emoji: null,
    dueAt: now,
  });
  if (!sendable.overridden) return added.seq;
  const deed = {
    actorId: viewer.userId,
    kind: 'consent_overridden' as const,
    from: null,
    to: message.id,
    note: override,
  };
  return store.activities.addAll(viewer.ws, added.conversation, [deed], now) ?? added.seq;
}

function wordsOf(text: string | null | undefined): string | null {
  const words = text?.trim() ?? '';
  return words === '' ? null : words;
}

/** Only for a message that has failed: the same message, the next attempt. */
export function retryMessage(context: CommandContext, data: DataOf<'message.retry'>): number {
  const { store, viewer, now } = context;
  const conversation = visibleConversation(context, data.conversationId);
  const message = messageIn(context, conversation, data.messageId);
  if (message.direction !== 'out' || message.delivery?.status !== 'failed') {
    throw new Refusal('conflict', 'the message has not failed');
  }
  const { channel } = channelOf(context, conversation);
  const contact = store.contacts.get(viewer.ws, conversation.contactId);
  if (contact === null) throw new Refusal('not_found', 'contact');
  // The reason for writing without consent was given with the message, and holds for it.
  const override = store.activities.overrideOf(conversation.id, message.id);
  checkSendable(context, conversation, contact, channel, message.content, override);
  const attempt = message.delivery.attempt + 1;
  // The provider's id belongs to the attempt that failed.
  const again = { ...message, providerId: null };
  const queued = { status: 'queued' as const, at: now, attempt, error: null };
  const changed = store.changes.setDelivery(viewer.ws, again, queued, now, null);
  if (changed === null) throw new Error('a new attempt changed nothing');
  store.outbound.put({
    ws: viewer.ws,
    conversationId: conversation.id,
    kind: 'send',
    messageId: message.id,
    attempt,
    emoji: null,
    dueAt: now,
  });
  return changed.rev;
}
