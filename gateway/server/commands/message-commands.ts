/** Commands about messages other than sending: notes and reactions. */
import type { CommandContext, DataOf } from './command-context.ts';
import { channelOf, messageIn, visibleConversation } from './command-context.ts';
import { Refusal } from '../errors.ts';
import { checkChannel } from './sendable.ts';

export function addNote(context: CommandContext, data: DataOf<'note.add'>): number {
  const { store, viewer, now } = context;
  const conversation = visibleConversation(context, data.conversationId);
  const mentions = [...new Set(data.mentions)];
  const colleagues = new Set(store.people.users(viewer.ws).map((user) => user.id));
  if (mentions.some((id) => !colleagues.has(id))) throw new Refusal('not_found', 'mention');
  if (store.notes.exists(data.noteId)) throw new Refusal('conflict', 'the note id is taken');
  const note = {
    id: data.noteId,
    conversationId: conversation.id,
    authorId: viewer.userId,
    body: data.body,
    mentions,
    createdAt: now,
  };
  return store.notes.add(viewer.ws, note, conversation).seq;
}

/** The company has one reaction per message at the provider: that of the user who reacted last. */
export function reactToMessage(context: CommandContext, data: DataOf<'message.react'>): number | null {
  const { store, viewer, now } = context;
  const conversation = visibleConversation(context, data.conversationId);
  const message = messageIn(context, conversation, data.messageId);
  const row = channelOf(context, conversation);
  if (!row.channel.capabilities.reactions) throw new Refusal('unsupported', 'reactions');
  checkChannel(row.channel);
  if (store.contacts.get(viewer.ws, conversation.contactId)?.restriction != null)
    throw new Refusal('restricted');
  if (message.providerId === null || message.deletedAt !== null) throw new Refusal('conflict', 'the message');
  let current = message;
  for (const other of message.reactions) {
    if (other.by === 'contact' || other.by === viewer.userId) continue;
    const taken = { by: other.by, emoji: null, at: Math.max(now, other.at) };
    current = store.changes.react(viewer.ws, current, taken, now) ?? current;
  }
  const changed = store.changes.react(
    viewer.ws,
    current,
    { by: viewer.userId, emoji: data.emoji, at: now },
    now,
  );
  if (changed === null) return null;
  store.outbound.put({
    ws: viewer.ws,
    conversationId: conversation.id,
    kind: 'react',
    messageId: message.id,
    attempt: 1,
    emoji: data.emoji,
    dueAt: now,
  });
  return changed.rev;
}
