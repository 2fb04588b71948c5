/** What may be stored at all: nothing that comes late and is older than what the last purge left. In the writer's memory. */
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { instantOfId } from '../../../shared/domain/id.ts';
import type { Message } from '../../../shared/domain/message.ts';
import type { ReadableDb, WritableDb } from '../sql.ts';
import type { Cutoffs, Held } from './types.ts';

/** `at`: the time that the last purge went by. */
export type Kept = { at: number; cutoffs: Cutoffs; held: Held };

/** The type of content that was here and is over its time: found by no word. */
export const EXPIRED = 'expired';

export function readKept(db: ReadableDb): Kept | null {
  const row = db.get<{ json: string }>`SELECT json FROM kept`;
  return row === undefined ? null : (JSON.parse(row.json) as Kept);
}

export function writeKept(db: WritableDb, kept: Kept): void {
  db.run`INSERT INTO kept (one, json) VALUES (1, ${JSON.stringify(kept)}) ON CONFLICT (one) DO UPDATE SET json = excluded.json`;
}

export class KeptState {
  readonly #db: ReadableDb;
  #kept: Kept | null = null;
  #conversations = new Set<string>();
  #contacts = new Set<string>();

  constructor(db: ReadableDb) {
    this.#db = db;
    this.reload();
  }

  reload(): void {
    this.set(readKept(this.#db));
  }

  set(kept: Kept | null): void {
    this.#kept = kept;
    this.#conversations = new Set(kept?.held.conversationIds);
    this.#contacts = new Set(kept?.held.contactIds);
  }

  /** Whether something of this time is over. */
  isOver(name: keyof Cutoffs, at: number, conversationId: string, contactId: string): boolean {
    const cutoff = this.#kept?.cutoffs[name] ?? null;
    if (cutoff === null || at >= cutoff) return false;
    return !(
      this.#kept?.held.all === true ||
      this.#conversations.has(conversationId) ||
      this.#contacts.has(contactId)
    );
  }

  /** What of a message may be stored: it, it without what it says, or nothing. */
  message(message: Message, contactId: string): Message | null {
    if (this.#kept === null) return message;
    const { conversationId, sentAt, quote } = message;
    // What waits here to be sent is nobody's history yet.
    if (message.rev === 0) return message;
    if (this.isOver('log', sentAt, conversationId, contactId)) return null;
    if (this.isOver('content', sentAt, conversationId, contactId)) return blanked(message);
    const of = quote?.messageId == null ? null : instantOfId(quote.messageId);
    if (quote === null || of === null || !this.isOver('content', of, conversationId, contactId))
      return message;
    return { ...message, quote: { ...quote, text: null, kind: null } };
  }

  conversation(conversation: Conversation): Conversation {
    const { lastMessage: last, id, contactId } = conversation;
    if (this.#kept === null || last === null) return conversation;
    if (this.isOver('log', last.at, id, contactId)) return { ...conversation, lastMessage: null };
    if (last.text === '' || !this.isOver('content', last.at, id, contactId)) return conversation;
    return { ...conversation, lastMessage: { ...last, text: '', kind: 'unknown' } };
  }
}

/** Time, direction, author and status stay. */
export function blanked(message: Message): Message {
  const { delivery } = message;
  return {
    ...message,
    content: { kind: 'unknown', type: EXPIRED, detail: null, rawId: null },
    quote: null,
    referral: null,
    reactions: [],
    revisions: [],
    delivery: delivery === null ? null : { ...delivery, error: null },
  };
}
