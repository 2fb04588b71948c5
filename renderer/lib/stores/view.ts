import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

/** Widths of the panes in px: what they start with and how far they go. */
export const NAV = { initial: 216, min: 160, max: 320 } as const;
export const LIST = { initial: 352, min: 264, max: 560 } as const;

interface ViewState {
  readonly navWidth: number;
  readonly listWidth: number;
  setNavWidth(width: number): void;
  setListWidth(width: number): void;
}

/** How wide the panes are. View state only, no contents: it is kept in plain localStorage. */
export const useView = create<ViewState>()(
  persist(
    (set) => ({
      navWidth: NAV.initial,
      listWidth: LIST.initial,
      setNavWidth: (navWidth) => set({ navWidth }),
      setListWidth: (listWidth) => set({ listWidth }),
    }),
    {
      name: 'parley.view',
      version: 1,
      storage: createJSONStorage(() => localStorage),
      partialize: ({ navWidth, listWidth }) => ({ navWidth, listWidth }),
    },
  ),
);
