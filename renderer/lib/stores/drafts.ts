import type { Bridge } from '../bridge/bridge.ts';

/** Typing rests this long before the draft goes to the cache, in ms. */
const REST = 400;

/**
 * The texts being typed, by conversation. They live here until they are saved as a draft row in the encrypted cache: after a short rest,
 * when the box is left, and when another conversation is opened. Never in localStorage, which is plain.
 */
export class Drafts {
  readonly #bridge: Bridge;
  readonly #texts = new Map<string, string>();
  readonly #saved = new Map<string, string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #onError: (error: unknown) => void;

  constructor(bridge: Bridge, onError: (error: unknown) => void) {
    this.#bridge = bridge;
    this.#onError = onError;
  }

  /** The text to show on opening: what was typed here last, else the saved draft. */
  open(conversationId: string, saved: string | null): string {
    const typed = this.#texts.get(conversationId);
    if (typed !== undefined) return typed;
    this.#saved.set(conversationId, saved ?? '');
    return saved ?? '';
  }

  /** Notes what is in the box now and saves it after a rest. */
  type(conversationId: string, text: string): void {
    this.#texts.set(conversationId, text);
    clearTimeout(this.#timers.get(conversationId));
    this.#timers.set(
      conversationId,
      setTimeout(() => this.flush(conversationId), REST),
    );
  }

  /** Saves now, if there is anything new. */
  flush(conversationId: string): void {
    clearTimeout(this.#timers.get(conversationId));
    this.#timers.delete(conversationId);
    const text = this.#texts.get(conversationId);
    if (text === undefined || text === (this.#saved.get(conversationId) ?? '')) return;
    const before = this.#saved.get(conversationId) ?? '';
    this.#saved.set(conversationId, text);
    const draft = { text, quotedMessageId: null, attachments: [] };
    this.#bridge.call('draft.save', { conversationId, draft }).catch((error: unknown) => {
      // Saved is what the cache has; the next rest or blur tries again.
      this.#saved.set(conversationId, before);
      this.#onError(error);
    });
  }

  /** Saves everything that is not saved yet: the window is about to go. */
  flushAll(): void {
    for (const conversationId of this.#texts.keys()) this.flush(conversationId);
  }

  /** The text is being sent: the box is empty, but the saved draft stays until the message is safely in the outbox. */
  hold(conversationId: string): void {
    clearTimeout(this.#timers.get(conversationId));
    this.#timers.delete(conversationId);
    this.#texts.set(conversationId, '');
  }

  /** The message is in the outbox: its draft goes, and what was typed meanwhile is saved in its place. */
  sent(conversationId: string): void {
    this.flush(conversationId);
  }

  /** Sending was refused: the text comes back, unless something else was typed meanwhile. */
  restore(conversationId: string, text: string): void {
    if ((this.#texts.get(conversationId) ?? '') === '') this.#texts.set(conversationId, text);
    this.flush(conversationId);
  }
}
