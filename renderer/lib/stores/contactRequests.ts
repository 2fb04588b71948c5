import { create } from 'zustand';

interface ContactRequests {
  /** Somebody new is to be put in. */
  readonly adding: boolean;
  add(adding: boolean): void;
}

/** What other places ask of the contact manager: it may not be on screen yet. */
export const useContactRequests = create<ContactRequests>()((set) => ({
  adding: false,
  add: (adding) => set({ adding }),
}));
