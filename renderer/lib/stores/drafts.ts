import type { Draft } from '../../../shared/contract/rows.ts';
import type { Bridge } from '../bridge/bridge.ts';

/** Typing rests this long before the draft goes to the cache, in ms. */
export const REST = 400;

export const EMPTY_DRAFT: Draft = { text: '', quotedMessageId: null, attachments: [] };

/** Nothing that would be sent. A quote alone is no draft. */
export function isEmptyDraft(draft: Draft): boolean {
  return draft.text.trim() === '' && draft.attachments.length === 0;
}

/**
 * What is being written, by conversation. It lives here until it is saved as a draft row in the encrypted cache: after a short rest,
 * when the box is left, and when another conversation is opened. Never in localStorage, which is plain.
 */
export class Drafts {
  readonly #bridge: Bridge;
  readonly #drafts = new Map<string, Draft>();
  readonly #saved = new Map<string, Draft>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners = new Set<() => void>();
  readonly #onError: (error: unknown) => void;

  constructor(bridge: Bridge, onError: (error: unknown) => void) {
    this.#bridge = bridge;
    this.#onError = onError;
  }

  /** Tells after every change of any draft. Returns a function that stops it. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The draft to show: what was written here last, else the saved one. */
  open(conversationId: string, saved: Draft | null): Draft {
    const written = this.#drafts.get(conversationId);
    if (written !== undefined) return written;
    const draft = saved ?? EMPTY_DRAFT;
    this.#drafts.set(conversationId, draft);
    this.#saved.set(conversationId, draft);
    return draft;
  }

  get(conversationId: string): Draft {
    return this.#drafts.get(conversationId) ?? EMPTY_DRAFT;
  }

  /** Notes what is written now and saves it after a rest. */
  change(conversationId: string, patch: Partial<Draft>): void {
    this.#set(conversationId, { ...this.get(conversationId), ...patch });
    clearTimeout(this.#timers.get(conversationId));
    this.#timers.set(
      conversationId,
      setTimeout(() => void this.flush(conversationId), REST),
    );
  }

  /** Saves now, if there is anything new. */
  flush(conversationId: string): Promise<void> {
    clearTimeout(this.#timers.get(conversationId));
    this.#timers.delete(conversationId);
    const draft = this.#drafts.get(conversationId);
    const before = this.#saved.get(conversationId) ?? EMPTY_DRAFT;
    if (draft === undefined || same(draft, before)) return Promise.resolve();
    this.#saved.set(conversationId, draft);
    return this.#bridge.call('draft.save', { conversationId, draft }).then(nothing, (error: unknown) => {
      // Saved is what the cache has; the next rest or blur tries again.
      this.#saved.set(conversationId, before);
      this.#onError(error);
    });
  }

  /** Saves everything that is not saved yet: the window is about to go. */
  async flushAll(): Promise<void> {
    await Promise.all([...this.#drafts.keys()].map((conversationId) => this.flush(conversationId)));
  }

  /** It is being sent: the box is empty, but the saved draft stays until the message is safely in the outbox. */
  hold(conversationId: string): void {
    clearTimeout(this.#timers.get(conversationId));
    this.#timers.delete(conversationId);
    // A note that is being written is not sent with it.
    const { note } = this.get(conversationId);
    this.#set(conversationId, note === undefined ? EMPTY_DRAFT : { ...EMPTY_DRAFT, note });
  }

  /** The message is in the outbox: its draft goes, and what was written meanwhile is saved in its place. */
  sent(conversationId: string): void {
    void this.flush(conversationId);
  }

  /** What was refused or taken back returns before whatever was written meanwhile. */
  restore(conversationId: string, draft: Draft): void {
    const now = this.get(conversationId);
    this.#set(conversationId, {
      ...now,
      text: [draft.text, now.text].filter((text) => text.trim() !== '').join('\n'),
      quotedMessageId: now.quotedMessageId ?? draft.quotedMessageId,
      attachments: [...draft.attachments, ...now.attachments],
    });
    void this.flush(conversationId);
  }

  #set(conversationId: string, draft: Draft): void {
    this.#drafts.set(conversationId, draft);
    for (const listener of this.#listeners) listener();
  }
}

function nothing(): void {}

function same(a: Draft, b: Draft): boolean {
  return (
    a === b ||
    (a.text === b.text &&
      (a.note ?? '') === (b.note ?? '') &&
      a.quotedMessageId === b.quotedMessageId &&
      a.attachments.length === b.attachments.length &&
      a.attachments.every((file, index) => {
        const other = b.attachments[index];
        return (
          file.media.id === other?.media.id &&
          file.caption === other.caption &&
          (file.asDocument ?? false) === (other.asDocument ?? false)
        );
      }))
  );
}
