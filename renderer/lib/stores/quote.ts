import { create } from 'zustand';

interface QuoteRequest {
  readonly conversationId: string;
  readonly messageId: string;
}

interface QuoteState {
  /** The message that somebody wants to answer, until the composer has taken it into the draft. */
  readonly request: QuoteRequest | null;
  /** "Reply" on a message: the composer of its conversation quotes it and takes the focus. */
  quote(conversationId: string, messageId: string): void;
  taken(): void;
}

export const useQuote = create<QuoteState>()((set) => ({
  request: null,
  quote: (conversationId, messageId) => set({ request: { conversationId, messageId } }),
  taken: () => set({ request: null }),
}));
