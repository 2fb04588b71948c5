/** Commands about a conversation's state. Each answers the number of its event, or null when nothing had to change. */
import type { CommandContext, DataOf } from './command-context.ts';
import { channelOf, messageIn, visibleConversation } from './command-context.ts';
import { Refusal } from '../errors.ts';

/** `unread` becomes what came in after `upTo`; never more than it was. */
export function readConversation(context: CommandContext, data: DataOf<'conversation.read'>): number | null {
  const { store, viewer, now } = context;
  const conversation = visibleConversation(context, data.conversationId);
  const upTo = messageIn(context, conversation, data.upTo);
  const unread = store.messages.inboundAfter(upTo, conversation.unread);
  const { channel } = channelOf(context, conversation);
  if (unread < conversation.unread && upTo.direction === 'in' && channel.capabilities.readReceipts) {
    store.outbound.put({
      ws: viewer.ws,
      conversationId: conversation.id,
      kind: 'read',
      messageId: upTo.id,
      attempt: 1,
      emoji: null,
      dueAt: now,
    });
  }
  return store.conversations.change(viewer.ws, conversation, { unread }, now)?.rev ?? null;
}

export function unreadConversation(
  context: CommandContext,
  data: DataOf<'conversation.unread'>,
): number | null {
  const { store, viewer, now } = context;
  const conversation = visibleConversation(context, data.conversationId);
  const unread = Math.max(1, conversation.unread);
  return store.conversations.change(viewer.ws, conversation, { unread }, now)?.rev ?? null;
}

/** Puts the conversation with somebody who works on its channel, or back into the queue. */
export function assignConversation(
  context: CommandContext,
  data: DataOf<'conversation.assign'>,
): number | null {
  const { store, viewer, now } = context;
  const conversation = visibleConversation(context, data.conversationId);
  const { assigneeId } = data;
  if (assigneeId !== null) {
    const user = store.people.user(assigneeId);
    const theirs = user === null ? null : store.people.viewer(assigneeId);
    if (user === null || (theirs === null ? !user.disabled : theirs.ws !== viewer.ws)) {
      throw new Refusal('not_found', 'assignee');
    }
    if (theirs === null) throw new Refusal('conflict', 'the assignee is disabled');
    if (theirs.channelIds !== null && !theirs.channelIds.has(conversation.channelId)) {
      throw new Refusal('forbidden', 'the assignee does not work on this channel');
    }
  }
  return store.conversations.change(viewer.ws, conversation, { assigneeId }, now)?.rev ?? null;
}

export function setConversationStatus(
  context: CommandContext,
  data: DataOf<'conversation.status'>,
): number | null {
  const { store, viewer, now } = context;
  const conversation = visibleConversation(context, data.conversationId);
  if ((data.status === 'snoozed') !== (data.snoozedUntil !== null)) {
    throw new Refusal('invalid', 'snoozedUntil goes with snoozed, and only with it');
  }
  const fields = { status: data.status, snoozedUntil: data.snoozedUntil };
  return store.conversations.change(viewer.ws, conversation, fields, now)?.rev ?? null;
}

export function labelConversation(
  context: CommandContext,
  data: DataOf<'conversation.labels'>,
): number | null {
  const { store, viewer, now } = context;
  const conversation = visibleConversation(context, data.conversationId);
  const labelIds = [...new Set(data.labelIds)];
  for (const id of labelIds) {
    const label = store.catalogue.label(viewer.ws, id);
    // One that was deleted meanwhile may stay, but not be added.
    if (label === null || (label.deleted && !conversation.labelIds.includes(id))) {
      throw new Refusal('not_found', 'label');
    }
  }
  return store.conversations.change(viewer.ws, conversation, { labelIds }, now)?.rev ?? null;
}
