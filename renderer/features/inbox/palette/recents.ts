import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

interface Recents {
  /** Ids of commands, the last one first. Never names or words of a search: this is kept in plain localStorage. */
  readonly ids: ReadonlyArray<string>;
  use(id: string): void;
}

const KEPT = 5;

/** What was chosen in the palette last. */
export const useRecents = create<Recents>()(
  persist(
    (set, get) => ({
      ids: [],
      use: (id) => set({ ids: [id, ...get().ids.filter((each) => each !== id)].slice(0, KEPT) }),
    }),
    {
      name: 'parley.palette',
      version: 1,
      storage: createJSONStorage(() => localStorage),
      partialize: ({ ids }) => ({ ids }),
    },
  ),
);
