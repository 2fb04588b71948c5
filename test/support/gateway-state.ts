/** What the gateway has, as one user may see it, read over the wire page by page; and how a cache is compared with it. */
import { expect } from 'vitest';
import type { Contact } from '../../shared/domain/contact.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Message, Note } from '../../shared/domain/message.ts';
import { ContactPage, ConversationPage, HistoryPage } from '../../shared/protocol/sync.ts';
import type { Desktop } from './gateway-kit.ts';

export type GatewayState = {
  conversations: Conversation[];
  contacts: Contact[];
  messages: Message[];
  notes: Note[];
};

/** Reads everything. The gateway must be quiet meanwhile. */
export async function gatewayState(witness: Desktop): Promise<GatewayState> {
  const state: GatewayState = { conversations: [], contacts: [], messages: [], notes: [] };
  const contacts = new Map<string, Contact>();
  for (let cursor: string | null = null; ;) {
    const answer = await witness.request('sync.conversations', { cursor, limit: 500 });
    const page = ConversationPage.parse(answer.value);
    for (const { conversation, contact } of page.items) {
      state.conversations.push(conversation);
      contacts.set(contact.id, contact);
    }
    cursor = page.next;
    if (cursor === null) break;
  }
  for (let cursor: string | null = null; ;) {
    const answer = await witness.request('sync.contacts', { cursor, limit: 500 });
    const page = ContactPage.parse(answer.value);
    for (const contact of page.contacts) contacts.set(contact.id, contact);
    cursor = page.next;
    if (cursor === null) break;
  }
  for (let cursor: string | null = null; ;) {
    const answer = await witness.request('sync.history', { cursor, limit: 2_000 });
    const page = HistoryPage.parse(answer.value);
    state.messages.push(...page.messages);
    state.notes.push(...page.notes);
    cursor = page.next;
    if (cursor === null) break;
  }
  state.contacts = [...contacts.values()];
  return state;
}

/** Fails with the differences when the cache is not exactly what the gateway has. */
export function expectSame(cached: GatewayState, gateway: GatewayState): void {
  // The name of the kind is in both, so that a failure tells where it is.
  for (const kind of ['conversations', 'contacts', 'messages', 'notes'] as const) {
    const [ours, theirs] = [sorted(cached[kind]), sorted(gateway[kind])];
    expect({ [kind]: ours.map(({ id }) => id) }).toEqual({ [kind]: theirs.map(({ id }) => id) });
    expect({ [kind]: ours.map(comparable) }).toEqual({ [kind]: theirs.map(comparable) });
  }
}

/** The provider's id of a message is not told by `message.status`: a cache has it only from a page. Nothing here depends on it. */
function comparable(item: object): object {
  return 'providerId' in item ? { ...item, providerId: null } : item;
}

function sorted(items: readonly { id: string }[]): { id: string }[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
