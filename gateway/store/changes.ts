/**
 * What happens to messages, as transitions: each writes the message, the conversation's short form of it, and the event, in one
 * transaction. Both the providers' facts and the desktops' commands end here. Each answers null when nothing is new.
 */
import { HOUR } from '../../shared/domain/time.ts';
import type { Capabilities } from '../../shared/domain/channel.ts';
import type { Conversation, LastMessage } from '../../shared/domain/conversation.ts';
import { previewText } from '../../shared/domain/message-content.ts';
import type { MessageContent } from '../../shared/domain/message-content.ts';
import { mergeDelivery } from '../../shared/domain/message-status.ts';
import type { Delivery } from '../../shared/domain/message-status.ts';
import type { Message } from '../../shared/domain/message.ts';
import { activitiesOf } from './activity-of.ts';
import type { Activities } from './activities.ts';
import type { Conversations } from './conversations.ts';
import type { Db } from './database.ts';
import { scopeOf } from './log.ts';
import type { Log } from './log.ts';
import type { Messages } from './messages.ts';

export type Changes = ReturnType<typeof createChanges>;

export function createChanges(
  db: Db,
  log: Log,
  conversations: Conversations,
  messages: Messages,
  activities: Activities,
) {
  /** One small event about a message; keeps the list's short form in step under the same number. */
  function small(
    ws: number,
    message: Message,
    at: number,
    type: 'message.status' | 'message.edited' | 'message.deleted' | 'message.reaction',
    data: object,
  ): Message {
    return db.tx(() => {
      const conversation = conversations.get(ws, message.conversationId);
      if (conversation === null) throw new Error('a message without its conversation');
      const next: Message = { ...message };
      log.append(ws, at, type, scopeOf(conversation), (seq) => {
        next.rev = seq;
        return JSON.stringify({ messageId: next.id, conversationId: next.conversationId, ...data });
      });
      messages.save(next);
      if (conversation.lastMessage?.id === next.id && type !== 'message.reaction') {
        conversations.store({ ...conversation, lastMessage: shortOf(next), rev: next.rev });
      }
      return next;
    });
  }

  return {
    /** Adds a message with what it does to its conversation. Returns both as stored; `seq` is the number of the last event. */
    addMessage(
      ws: number,
      message: Message,
      conversation: Conversation,
      options: { dedupKey: string | null; capabilities: Capabilities; at: number },
    ): { message: Message; conversation: Conversation; seq: number } {
      return db.tx(() => {
        const nextMessage: Message = { ...message };
        const nextConversation = afterMessage(conversation, message, options.capabilities);
        const scope = scopeOf(nextConversation, conversation);
        const seq = log.append(ws, options.at, 'message.created', scope, (number) => {
          nextMessage.rev = number;
          nextConversation.rev = number;
          const written = messages.insert(ws, nextMessage, options.dedupKey);
          return `{"message":${written},"conversation":${conversations.store(nextConversation)}}`;
        });
        conversations.addCount(conversation.id, 1);
        const by = { actorId: message.author.type === 'user' ? message.author.userId : null, note: null };
        const done = activitiesOf(conversation, nextConversation, by);
        const last = activities.addAll(ws, nextConversation, done, options.at) ?? seq;
        return { message: nextMessage, conversation: nextConversation, seq: last };
      });
    },
    /** A report about an outgoing message. Late and repeated ones are merged away (but stay in the raw history). */
    setDelivery(
      ws: number,
      message: Message,
      report: Delivery,
      at: number,
      providerId: string | null = message.providerId,
    ): Message | null {
      return db.tx(() => {
        messages.addReport(message.id, report);
        const merged = message.delivery === null ? report : mergeDelivery(message.delivery, report);
        const same = message.delivery !== null && JSON.stringify(merged) === JSON.stringify(message.delivery);
        if (same && providerId === message.providerId) return null;
        const next = { ...message, delivery: merged, providerId };
        if (same) {
          messages.save(next);
          return next;
        }
        return small(ws, next, at, 'message.status', { delivery: merged });
      });
    },
    edit(
      ws: number,
      message: Message,
      content: MessageContent,
      editedAt: number,
      at: number,
    ): Message | null {
      // What was deleted is not reworded, also when the edit was earlier and only arrives later.
      if (message.deletedAt !== null) return null;
      if (message.editedAt !== null && editedAt <= message.editedAt) return null;
      if (JSON.stringify(content) === JSON.stringify(message.content)) return null;
      // A call that ends is not an earlier wording of itself.
      const revisions =
        content.kind === 'call'
          ? message.revisions
          : [...message.revisions, { content: message.content, until: editedAt }];
      return small(ws, { ...message, content, editedAt, revisions }, at, 'message.edited', {
        content,
        editedAt,
      });
    },
    remove(
      ws: number,
      message: Message,
      deletedAt: number,
      deletedBy: 'contact' | 'business',
      at: number,
    ): Message | null {
      if (message.deletedAt !== null) return null;
      return small(ws, { ...message, deletedAt, deletedBy }, at, 'message.deleted', { deletedAt, deletedBy });
    },
    react(
      ws: number,
      message: Message,
      reaction: { by: string; emoji: string | null; at: number },
      at: number,
    ): Message | null {
      return db.tx(() => {
        if (!messages.react(message.id, reaction.by, reaction.emoji, reaction.at)) return null;
        return small(
          ws,
          { ...message, reactions: messages.reactions(message.id) },
          at,
          'message.reaction',
          reaction,
        );
      });
    },
  };
}

/** The short form for the list. */
function shortOf(message: Message): LastMessage {
  return {
    id: message.id,
    kind: message.content.kind,
    text: message.deletedAt === null ? previewText(message.content) : '',
    direction: message.direction,
    status: message.delivery?.status ?? null,
    at: message.sentAt,
  };
}

/** What a new message does to its conversation. A late one (older than the newest) does not take the newest one's place. */
export function afterMessage(
  conversation: Conversation,
  message: Message,
  capabilities: Capabilities,
): Conversation {
  const next: Conversation = { ...conversation };
  if (next.lastMessage === null || message.sentAt >= next.lastMessage.at) next.lastMessage = shortOf(message);
  next.activeAt =
    conversation.lastMessage === null ? message.sentAt : Math.max(next.activeAt, message.sentAt);
  // What a provider tells about a number is in the thread, but nobody waits for an answer to it.
  if (message.content.kind === 'system') return next;
  if (message.direction === 'in') {
    reopen(next);
    next.unread += 1;
    // What was unanswered when it was closed waits for nothing: with what is written now the wait begins anew.
    if (conversation.status === 'closed') next.waitingSince = message.sentAt;
    else next.waitingSince ??= message.sentAt;
    next.lastInboundAt = Math.max(next.lastInboundAt ?? 0, message.sentAt);
    if (capabilities.windowHours !== null) {
      next.windowEndsAt = Math.max(next.windowEndsAt ?? 0, message.sentAt + capabilities.windowHours * HOUR);
    }
  } else {
    next.waitingSince = null;
    // Whoever answered in the provider's own app has read what came before.
    if (message.author.type === 'phone') next.unread = 0;
    if (message.author.type === 'user' && next.status !== 'open') {
      reopen(next);
      next.assigneeId ??= message.author.userId;
    }
  }
  return next;
}

function reopen(conversation: Conversation): void {
  conversation.status = 'open';
  conversation.snoozedUntil = null;
  conversation.closeReason = null;
}
