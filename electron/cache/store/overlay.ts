/**
 * What a person did and the gateway does not know yet, laid over what the gateway said last. Pure functions: the state shown is always
 * the stored base with every pending command applied in order, so an answer of the gateway can replace the base at any time.
 */
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { previewText } from '../../../shared/domain/message-content.ts';
import type { Message, Note } from '../../../shared/domain/message.ts';
import { commandOf, isForLater, timeOf } from './outbox-row.ts';
import type { OutboxRow } from './outbox-row.ts';

/** Conversation fields that a pending command changes. Held commands change only what they still show: the last message. */
export function overlayConversation(base: Conversation, pending: readonly OutboxRow[]): Conversation {
  let shown = base;
  for (const row of pending) shown = overlayOne(shown, row);
  return shown;
}

function overlayOne(conversation: Conversation, row: OutboxRow): Conversation {
  const command = commandOf(row);
  if (command.type === 'message.send') {
    if (isForLater(row)) return conversation;
    const { messageId, content } = command.data;
    const at = timeOf(row);
    const held = row.state === 'held';
    // The gateway reopens it and gives it to the writer.
    const taken: Conversation = held
      ? conversation
      : {
          ...conversation,
          status: 'open',
          snoozedUntil: null,
          closeReason: null,
          assigneeId: conversation.assigneeId ?? row.me,
        };
    const newest = conversation.lastMessage === null || at >= conversation.lastMessage.at;
    if (!newest) return taken;
    return {
      ...taken,
      lastMessage: {
        id: messageId,
        kind: content.kind,
        text: previewText(content),
        direction: 'out',
        status: held ? 'failed' : 'queued',
        at,
      },
      activeAt: Math.max(conversation.activeAt, at),
      waitingSince: held ? conversation.waitingSince : null,
    };
  }
  if (row.state === 'held') return conversation;
  switch (command.type) {
    case 'message.retry':
      return conversation.lastMessage?.id === command.data.messageId
        ? { ...conversation, lastMessage: { ...conversation.lastMessage, status: 'queued' } }
        : conversation;
    case 'conversation.read':
      return { ...conversation, unread: 0 };
    case 'conversation.unread':
      return { ...conversation, unread: Math.max(1, conversation.unread) };
    case 'conversation.assign':
      return {
        ...conversation,
        assigneeId: command.data.assigneeId,
        // Without a word about the team, an assignee keeps the one that it came from.
        teamId: teamAfter(conversation, command.data),
      };
    case 'conversation.status':
      return {
        ...conversation,
        status: command.data.status,
        snoozedUntil: command.data.status === 'snoozed' ? command.data.snoozedUntil : null,
        closeReason: command.data.status === 'closed' ? wordsOf(command.data.reason) : null,
      };
    case 'conversation.labels':
      return { ...conversation, labelIds: command.data.labelIds };
    case 'conversation.undo': {
      const { unread, ...fields } = command.data.restore;
      return { ...conversation, ...given(fields), unread: unreadAgain(conversation.unread, unread) };
    }
    default:
      // Messages and notes have rows of their own, the library and contacts other lines.
      return conversation;
  }
}

/** What came in meanwhile counts as well; the gateway, which counts, may have done this already. */
function unreadAgain(now: number, before: number | undefined): number {
  if (before === undefined) return now;
  return before === 0 ? 0 : Math.max(before, now);
}

/** Without the fields that are not there. */
function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function teamAfter(
  conversation: Conversation,
  { assigneeId, teamId }: { assigneeId: string | null; teamId?: string | null | undefined },
): string | null {
  if (teamId !== undefined) return teamId;
  return assigneeId === null ? null : conversation.teamId;
}

/** As the gateway keeps it: nothing said is null. */
function wordsOf(text: string | null | undefined): string | null {
  const words = text?.trim() ?? '';
  return words === '' ? null : words;
}

/** The message of a `message.send` as it is shown until the gateway has it. */
export function optimisticMessage(row: OutboxRow, channelId: string, quoted: Message | null): Message | null {
  const command = commandOf(row);
  if (command.type !== 'message.send') return null;
  const { conversationId, messageId, content, quotedMessageId } = command.data;
  const quote =
    quotedMessageId === null
      ? null
      : {
          messageId: quotedMessageId,
          providerId: quoted?.providerId ?? null,
          kind: quoted?.content.kind ?? null,
          text: quoted === null ? null : previewText(quoted.content),
        };
  return {
    id: messageId,
    conversationId,
    channelId,
    direction: 'out',
    author: { type: 'user', userId: row.me },
    sentAt: timeOf(row),
    content,
    quote,
    forwarded: 'no',
    referral: null,
    reactions: [],
    revisions: [],
    editedAt: null,
    deletedAt: null,
    deletedBy: null,
    delivery: { status: 'queued', at: row.createdAt, attempt: 1, error: null },
    providerId: null,
    rev: 0,
  };
}

/** The note of a `note.add` as it is shown until the gateway has it. */
export function optimisticNote(row: OutboxRow): Note | null {
  const command = commandOf(row);
  if (command.type !== 'note.add') return null;
  const { conversationId, noteId, body, mentions } = command.data;
  return { id: noteId, conversationId, authorId: row.me, body, mentions, createdAt: row.createdAt, rev: 0 };
}

/** A message of the gateway with pending retries and reactions on it. */
export function overlayMessage(base: Message, pending: readonly OutboxRow[]): Message {
  let shown = base;
  for (const row of pending) {
    if (row.subjectId !== base.id || row.state === 'held') continue;
    const command = commandOf(row);
    if (command.type === 'message.retry' && shown.delivery?.status === 'failed') {
      const attempt = shown.delivery.attempt + 1;
      shown = { ...shown, delivery: { status: 'queued', at: row.createdAt, attempt, error: null } };
    }
    if (command.type === 'message.react') {
      const { emoji } = command.data;
      shown = { ...shown, reactions: withReaction(shown.reactions, row.me, emoji, row.createdAt) };
    }
  }
  return shown;
}

/** One reaction for each person, in the order of their times. */
export function withReaction(
  reactions: Message['reactions'],
  by: string,
  emoji: string | null,
  at: number,
): Message['reactions'] {
  const rest = reactions.filter((reaction) => reaction.by !== by);
  if (emoji === null) return rest;
  const all = [...rest, { by, emoji, at }];
  return all.toSorted((a, b) => a.at - b.at || (a.by < b.by ? -1 : 1));
}
