import { create } from 'zustand';

interface Links {
  /** The address that waits for an answer to "open it?". */
  readonly asked: string | null;
  ask(url: string): void;
  done(): void;
}

/** An address in a message is opened only after its host was shown. */
export const useLinks = create<Links>()((set) => ({
  asked: null,
  ask: (asked) => set({ asked }),
  done: () => set({ asked: null }),
}));
