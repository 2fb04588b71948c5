/** What a command may know, and the look-ups that refuse what is not the user's. */
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { Message } from '../../../shared/domain/message.ts';
import type { CommandData, CommandType } from '../../../shared/protocol/commands.ts';
import type { ChannelRow } from '../../store/channels.ts';
import type { Store } from '../../store/store.ts';
import { canSeeConversation } from '../../store/visibility.ts';
import type { Viewer } from '../../store/visibility.ts';
import { Refusal } from '../errors.ts';
import type { z } from 'zod';

export type CommandContext = { store: Store; viewer: Viewer; now: number };
export type DataOf<T extends CommandType> = z.infer<(typeof CommandData)[T]>;

/** The conversation, if this user may see it; `not_found` otherwise, whether it exists or not. */
export function visibleConversation({ store, viewer }: CommandContext, id: string): Conversation {
  const conversation = store.conversations.get(viewer.ws, id);
  if (conversation === null || !canSeeConversation(viewer, conversation)) {
    throw new Refusal('not_found');
  }
  return conversation;
}

/** A message of that conversation. */
export function messageIn(
  { store, viewer }: CommandContext,
  conversation: Conversation,
  id: string,
): Message {
  const row = store.messages.get(id);
  if (row === null || row.ws !== viewer.ws || row.message.conversationId !== conversation.id) {
    throw new Refusal('not_found');
  }
  return row.message;
}

export function channelOf({ store }: CommandContext, conversation: Conversation): ChannelRow {
  const row = store.channels.get(conversation.channelId);
  if (row === null) throw new Error('a conversation without its channel');
  return row;
}
