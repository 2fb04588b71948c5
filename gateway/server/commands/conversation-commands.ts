/** Commands about a conversation's state. Each answers the number of its event, or null when nothing had to change. */
import type { CommandContext, DataOf } from './command-context.ts';
import { channelOf, messageIn, visibleConversation } from './command-context.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { canSeeChannel } from '../../store/visibility.ts';
import type { Holder } from '../../store/visibility.ts';
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

/**
 * Passes the conversation to somebody who works on its channel, to a team, or back into the queue. Without a word about the team, an
 * assignee keeps the team that it came from. A note without a change is a line of the timeline all the same.
 */
export function assignConversation(
  context: CommandContext,
  data: DataOf<'conversation.assign'>,
): number | null {
  const { store, viewer, now } = context;
  const conversation = visibleConversation(context, data.conversationId);
  const { assigneeId } = data;
  const teamId = data.teamId === undefined ? (assigneeId === null ? null : conversation.teamId) : data.teamId;
  checkHolder(context, conversation, { assigneeId, teamId });
  const by = { actorId: viewer.userId, note: wordsOf(data.note) };
  const seq = store.conversations.apply(viewer.ws, conversation, { assigneeId, teamId }, by, now);
  if (seq !== null || by.note === null) return seq;
  const holder = assigneeId ?? teamId;
  const kind = holder === null ? 'returned_to_queue' : 'assigned';
  return store.activities.addAll(viewer.ws, conversation, [{ ...by, kind, from: holder, to: holder }], now);
}

/** Refuses whoever could not work with it: somebody else, or another team, than has it now. */
export function checkHolder(
  context: CommandContext,
  { assigneeId, teamId, channelId }: Conversation,
  next: Holder,
): void {
  if (next.assigneeId !== null && next.assigneeId !== assigneeId) {
    checkAssignee(context, next.assigneeId, channelId);
  }
  if (next.teamId !== null && next.teamId !== teamId) checkTeam(context, next.teamId, channelId);
}

function checkAssignee({ store, viewer }: CommandContext, assigneeId: string, channelId: string): void {
  const user = store.people.user(assigneeId);
  const theirs = user === null ? null : store.people.viewer(assigneeId);
  if (user === null || (theirs === null ? !user.disabled : theirs.ws !== viewer.ws)) {
    throw new Refusal('not_found', 'assignee');
  }
  if (theirs === null) throw new Refusal('conflict', 'the assignee is disabled');
  if (!canSeeChannel(theirs, channelId)) {
    throw new Refusal('forbidden', 'the assignee does not work on this channel');
  }
}

/** A team in which nobody could see the conversation would be a hole. */
function checkTeam({ store, viewer }: CommandContext, teamId: string, channelId: string): void {
  const team = store.teams.get(viewer.ws, teamId);
  if (team === null || team.deleted) throw new Refusal('not_found', 'team');
  const somebody = team.memberIds.some((member) => {
    const theirs = store.people.viewer(member);
    return theirs !== null && canSeeChannel(theirs, channelId);
  });
  if (!somebody) throw new Refusal('forbidden', 'nobody of the team works on this channel');
}

/** Opens, closes with a reason, or snoozes: until a time, or without one until the customer writes. */
export function setConversationStatus(
  context: CommandContext,
  data: DataOf<'conversation.status'>,
): number | null {
  const { store, viewer, now } = context;
  const conversation = visibleConversation(context, data.conversationId);
  const { status, snoozedUntil } = data;
  if (status !== 'snoozed' && snoozedUntil !== null) {
    throw new Refusal('invalid', 'snoozedUntil goes only with snoozed');
  }
  const closeReason = status === 'closed' ? wordsOf(data.reason) : null;
  const by = { actorId: viewer.userId, note: null };
  return store.conversations.apply(viewer.ws, conversation, { status, snoozedUntil, closeReason }, by, now);
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
  const by = { actorId: viewer.userId, note: null };
  return store.conversations.apply(viewer.ws, conversation, { labelIds }, by, now);
}

/** What somebody said, or null when it says nothing. */
function wordsOf(text: string | null | undefined): string | null {
  const words = text?.trim() ?? '';
  return words === '' ? null : words;
}
