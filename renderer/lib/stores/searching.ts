import { create } from 'zustand';

interface Searching {
  /** Whether the search stands in the place of the list. */
  readonly isOpen: boolean;
  readonly text: string;
  /** Null: everywhere. */
  readonly conversationId: string | null;
  /** Grows with every request for the box: it takes the focus then. */
  readonly asked: number;
  open(conversationId: string | null, text?: string): void;
  type(text: string): void;
  everywhere(): void;
  close(): void;
}

/** What is being searched for. In memory only: words that people search for may be names. */
export const useSearching = create<Searching>()((set, get) => ({
  isOpen: false,
  text: '',
  conversationId: null,
  asked: 0,
  open: (conversationId, text) =>
    set({ isOpen: true, conversationId, text: text ?? get().text, asked: get().asked + 1 }),
  type: (text) => set({ text }),
  everywhere: () => set({ conversationId: null, asked: get().asked + 1 }),
  close: () => set({ isOpen: false, conversationId: null }),
}));
