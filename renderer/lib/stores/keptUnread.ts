import { create } from 'zustand';

interface KeptUnread {
  /** The open conversation that was marked as unread on purpose: looking on at it does not read it. */
  readonly id: string | null;
  keep(id: string): void;
  release(): void;
}

export const useKeptUnread = create<KeptUnread>()((set) => ({
  id: null,
  keep: (id) => set({ id }),
  release: () => set({ id: null }),
}));
