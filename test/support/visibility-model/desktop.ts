import { contactPlaceOf } from '../../../gateway/store/contact-pages.ts';
import { conversationPlaceOf, placeOf } from '../../../gateway/store/page-cursor.ts';
import type { Store } from '../../../gateway/store/store.ts';
import { canSeeConversation } from '../../../gateway/store/visibility.ts';
import type { Activity } from '../../../shared/domain/activity.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ConsentEntry } from '../../../shared/domain/consent.ts';
import type { Conversation, LastMessage } from '../../../shared/domain/conversation.ts';
import type { ContactMerge } from '../../../shared/domain/merge.ts';
import { previewText } from '../../../shared/domain/message-content.ts';
import type { Message, Note } from '../../../shared/domain/message.ts';
import { EventBatch, parseEvent } from '../../../shared/protocol/events.ts';
import type { DomainEvent } from '../../../shared/protocol/events.ts';
import { ContactPage, ConversationPage, HistoryPage, Snapshot } from '../../../shared/protocol/sync.ts';

/** A desktop as small as the protocol allows (README of the wire, sections 2.1 to 3). */
export class Desktop {
  readonly conversations = new Map<string, Conversation>();
  readonly contacts = new Map<string, Contact>();
  readonly messages = new Map<string, Message>();
  readonly notes = new Map<string, Note>();
  readonly activities = new Map<string, Activity>();
  readonly consents = new Map<string, ConsentEntry>();
  readonly merges = new Map<string, ContactMerge>();
  readonly #erased = new Set<string>();
  /** Who was told of an undone merge, and when. */
  readonly #undone = new Map<string, number>();
  readonly #store: Store;
  readonly #userId: string;
  #cursor = 0;
  /** How far first sync is; null: not begun. */
  #phase: 'conversations' | 'contacts' | 'history' | 'done' | null;
  #next: string | null = null;

  /** `fresh`: begins with a first sync when it is told to; otherwise it follows the log from its first event. */
  constructor(store: Store, userId: string, fresh: boolean) {
    this.#store = store;
    this.#userId = userId;
    this.#phase = fresh ? null : 'done';
  }

  get synced(): boolean {
    return this.#phase === 'done';
  }

  /** The next request of first sync: the snapshot, then a page of conversations, contacts or history at a time. */
  page(limit: number): void {
    const viewer = this.#store.people.viewer(this.#userId)!;
    if (this.#phase === null) {
      this.#cursor = Snapshot.parse(JSON.parse(this.#store.pages.snapshot(viewer))).asOf;
      this.#phase = 'conversations';
    } else if (this.#phase === 'conversations') {
      const json = this.#store.conversationPages.page(viewer, conversationPlaceOf(this.#next)!, limit);
      const page = ConversationPage.parse(JSON.parse(json));
      for (const item of page.items) {
        this.#put(this.conversations, item.conversation);
        this.#put(this.contacts, item.contact);
        for (const message of item.messages) this.#put(this.messages, message);
      }
      for (const entry of page.consents ?? []) this.#put(this.consents, entry);
      for (const merge of page.merges ?? []) this.#put(this.merges, merge);
      this.#next = page.next;
      if (page.next === null) this.#phase = 'contacts';
    } else if (this.#phase === 'contacts') {
      const json = this.#store.contactPages.page(viewer, contactPlaceOf(this.#next)!, limit);
      const page = ContactPage.parse(JSON.parse(json));
      for (const contact of page.contacts) this.#put(this.contacts, contact);
      this.#next = page.next;
      if (page.next === null) this.#phase = 'history';
    } else if (this.#phase === 'history') {
      const page = HistoryPage.parse(
        JSON.parse(this.#store.pages.history(viewer, placeOf(this.#next)!, limit)),
      );
      for (const message of page.messages) this.#put(this.messages, message);
      for (const note of page.notes) this.#put(this.notes, note);
      for (const activity of page.activities) this.#put(this.activities, activity);
      this.#next = page.next;
      if (page.next === null) this.#phase = 'done';
    }
  }

  /** Applies up to `batches` stretches. */
  look(batches: number): void {
    if (this.#phase === null) return;
    const viewer = this.#store.people.viewer(this.#userId)!;
    for (let index = 0; index < batches; index += 1) {
      const stretch = this.#store.stream.after(viewer, this.#cursor);
      if (stretch === null) return;
      const batch = EventBatch.parse(JSON.parse(stretch.json));
      if (batch.from !== this.#cursor) throw new Error('a gap between two stretches');
      for (const raw of batch.events) {
        const parsed = parseEvent(raw);
        if (!parsed.ok) throw new Error(parsed.issue);
        this.#apply(parsed.event);
      }
      this.#cursor = batch.to;
    }
  }

  #apply(event: DomainEvent): void {
    switch (event.type) {
      case 'message.created':
        this.#put(this.messages, event.data.message);
        this.#put(this.conversations, event.data.conversation);
        return;
      case 'conversation.changed': {
        const { conversation } = event.data;
        const before = this.conversations.get(conversation.id)?.contactId;
        this.#put(this.conversations, conversation);
        if (before !== undefined && before !== conversation.contactId) this.#moved(before);
        return;
      }
      case 'contact.merged': {
        const { merge } = event.data;
        this.#put(this.merges, merge);
        if (merge.undoneAt === null) return;
        let person = merge.winner.id;
        for (let into = this.contacts.get(person)?.mergedInto; into != null;) {
          person = into;
          into = this.contacts.get(person)?.mergedInto;
        }
        this.#undone.set(person, event.seq);
        this.#moved(person, merge.conversationIds);
        return;
      }
      case 'consent.recorded':
        this.#put(this.consents, event.data.entry);
        return;
      case 'contacts.changed':
        for (const contact of event.data.contacts) this.#put(this.contacts, contact);
        return;
      case 'contact.erased':
        for (const id of event.data.conversationIds) {
          this.#erased.add(id);
          this.#drop(id, event.data.contactId, event.data.told?.since);
        }
        this.#erased.add(event.data.contactId);
        this.contacts.delete(event.data.contactId);
        for (const id of event.data.told?.contactIds ?? []) this.#leave(id, event.data.told?.since ?? 0);
        for (const [id, entry] of this.consents)
          if (entry.contactId === event.data.contactId) this.consents.delete(id);
        for (const [id, { winner, loser }] of this.merges)
          if ([winner.id, loser.id].includes(event.data.contactId)) this.merges.delete(id);
        return;
      case 'conversation.granted':
        this.#put(this.conversations, event.data.conversation);
        this.#put(this.contacts, event.data.contact);
        for (const entry of event.data.consents ?? []) this.#put(this.consents, entry);
        for (const merge of event.data.merges ?? []) this.#put(this.merges, merge);
        this.#pull(event.data.conversation.id);
        return;
      case 'conversation.withdrawn':
        this.#drop(event.data.conversationId, event.data.contactId);
        return;
      case 'contact.changed':
        this.#put(this.contacts, event.data.contact);
        return;
      case 'note.created':
        this.#put(this.notes, event.data.note);
        return;
      case 'activity.created':
        this.#put(this.activities, event.data.activity);
        return;
      case 'message.edited': {
        const { messageId, content, editedAt } = event.data;
        const edited = (message: Message) => ({
          content,
          editedAt,
          revisions: [...message.revisions, { content: message.content, until: editedAt }],
        });
        this.#change(messageId, event.seq, edited, { kind: content.kind, text: previewText(content) });
        return;
      }
      case 'message.deleted': {
        const { messageId, deletedAt, deletedBy } = event.data;
        this.#change(messageId, event.seq, () => ({ deletedAt, deletedBy }), { text: '' });
        return;
      }
      case 'message.reaction': {
        const { messageId, by, emoji, at } = event.data;
        const reacted = (message: Message) => {
          const others = message.reactions.filter((reaction) => reaction.by !== by);
          const reactions = emoji === null ? others : [...others, { by, emoji, at }];
          return { reactions: reactions.toSorted((x, y) => x.at - y.at || (x.by < y.by ? -1 : 1)) };
        };
        this.#change(messageId, event.seq, reacted, null);
        return;
      }
      default:
    }
  }

  #put<T extends { id: string; rev: number }>(into: Map<string, T>, state: T): void {
    if (this.#erased.has(state.id)) return;
    const known = into.get(state.id);
    if (known === undefined || state.rev > known.rev) into.set(state.id, state);
  }

  /** A small event: changes the message, and, on its own, the short form in the conversation, both under the event's number. */
  #change(
    id: string,
    seq: number,
    fields: (message: Message) => Partial<Message>,
    short: Partial<LastMessage> | null,
  ): void {
    const known = this.messages.get(id);
    if (known !== undefined && known.rev < seq)
      this.messages.set(id, { ...known, ...fields(known), rev: seq });
    if (short === null) return;
    for (const conversation of this.conversations.values()) {
      if (conversation.lastMessage?.id !== id || conversation.rev >= seq) continue;
      const lastMessage = { ...conversation.lastMessage, ...short };
      this.conversations.set(conversation.id, { ...conversation, lastMessage, rev: seq });
    }
  }

  /** Conversations have left this contact by the undoing of a merge: it is out of sight when it is not told again. */
  #moved(contactId: string, leaving: readonly string[] = []): void {
    const contact = this.contacts.get(contactId);
    if (contact === undefined || contact.mergedInto !== null) return;
    const since = this.#undone.get(contactId) ?? 0;
    const talks = [...this.conversations.values()].some(
      (other) => other.contactId === contactId && !leaving.includes(other.id),
    );
    if (!talks && contact.rev < since) this.contacts.delete(contactId);
  }

  /** Goes unless it was told again after this number, or a conversation with it is still here. */
  #leave(contactId: string, since: number): void {
    const talks = [...this.conversations.values()].some((other) => other.contactId === contactId);
    if (!talks && (this.contacts.get(contactId)?.rev ?? 0) <= since) this.contacts.delete(contactId);
  }

  #pull(conversationId: string): void {
    const viewer = this.#store.people.viewer(this.#userId)!;
    const conversation = this.#store.conversations.get(viewer.ws, conversationId);
    // The log may be far ahead of this desktop: what is not visible any more is refused.
    if (conversation === null || !canSeeConversation(viewer, conversation)) return;
    const newest = { at: Number.MAX_SAFE_INTEGER, id: '' };
    const json = this.#store.pages.conversationHistory(viewer.ws, conversationId, newest, 2_000);
    const page = HistoryPage.parse(JSON.parse(json));
    for (const message of page.messages) this.#put(this.messages, message);
    for (const note of page.notes) this.#put(this.notes, note);
    for (const activity of page.activities) this.#put(this.activities, activity);
  }

  #drop(conversationId: string, contactId: string | undefined, told?: number): void {
    const before = this.conversations.get(conversationId)?.contactId;
    this.conversations.delete(conversationId);
    for (const [id, message] of this.messages)
      if (message.conversationId === conversationId) this.messages.delete(id);
    for (const [id, note] of this.notes) if (note.conversationId === conversationId) this.notes.delete(id);
    for (const [id, activity] of this.activities)
      if (activity.conversationId === conversationId) this.activities.delete(id);
    if (contactId === undefined) throw new Error('it does not say with whom');
    const others = [...this.conversations.values()].some((other) => other.contactId === contactId);
    if (!others) this.contacts.delete(contactId);
    // It had gone over to somebody else meanwhile.
    if (before !== undefined && before !== contactId)
      this.#leave(before, told ?? this.#undone.get(before) ?? Number.MAX_SAFE_INTEGER);
  }
}
