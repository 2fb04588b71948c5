/** Many finished conversations at once: for benchmarks and for moving in. One transaction per call; feed it some thousand messages at a time. */
import type { Contact, Identity } from '../../shared/domain/contact.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Message } from '../../shared/domain/message.ts';
import { afterMessage } from './changes.ts';
import type { Store } from './store.ts';

export type BulkConversation = {
  channelId: string;
  contact: Partial<Omit<Contact, 'rev'>> & { name: string; identities: Identity[] };
  /** What is not taken from the messages: id, assignee, labels, status, ... */
  conversation?: Partial<Omit<Conversation, 'rev'>>;
  /** Oldest first. */
  messages: Omit<Message, 'rev' | 'conversationId' | 'channelId'>[];
};

/**
 * Writes them with contact, conversation and messages. `log`: whether each message gets its event in the log (for streaming batches);
 * otherwise they only come with pages, and their `rev` is the head of the log. Returns the ids of the conversations.
 */
export function bulkInsert(
  store: Store,
  ws: number,
  items: Iterable<BulkConversation>,
  options: { log: boolean },
): string[] {
  return store.tx(() => {
    const ids: string[] = [];
    for (const item of items) ids.push(insertOne(store, ws, item, options.log));
    return ids;
  });
}

function insertOne(store: Store, ws: number, item: BulkConversation, log: boolean): string {
  const row = store.channels.get(item.channelId);
  if (row === null) throw new Error('no such channel');
  const { capabilities } = row.channel;
  const startedAt = item.messages[0]?.sentAt ?? Date.now();
  const contact = store.contacts.create(ws, { createdAt: startedAt, ...item.contact }, startedAt);
  // Open while its messages are written, or each of them would reopen it.
  const fields = {
    ...item.conversation,
    status: 'open' as const,
    snoozedUntil: null,
    channelId: item.channelId,
    contactId: contact.id,
  };
  let conversation = store.conversations.create(ws, fields, startedAt);
  const { id } = conversation;
  const given = {
    status: item.conversation?.status ?? 'open',
    snoozedUntil: item.conversation?.snoozedUntil ?? null,
    closeReason: item.conversation?.closeReason ?? null,
    unread: item.conversation?.unread,
  };
  const { head } = store.log.ends(ws);
  for (const fresh of item.messages) {
    const message: Message = { ...fresh, conversationId: id, channelId: item.channelId, rev: head };
    if (log) {
      const added = store.changes.addMessage(ws, message, conversation, {
        dedupKey: null,
        capabilities,
        at: message.sentAt,
      });
      conversation = added.conversation;
    } else {
      store.messages.insert(ws, message, null);
      conversation = afterMessage(conversation, message, capabilities);
    }
  }
  // Messages reopen and count; what the caller said about the conversation has the last word.
  const last: Conversation = {
    ...conversation,
    status: given.status,
    snoozedUntil: given.snoozedUntil,
    closeReason: given.closeReason,
    unread: given.unread ?? conversation.unread,
  };
  if (log && item.messages.length > 0) {
    store.conversations.change(ws, conversation, last, last.activeAt);
    return id;
  }
  store.conversations.store({ ...last, rev: Math.max(last.rev, head) });
  store.conversations.addCount(id, item.messages.length);
  return id;
}
