import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

/** Width of the person's pane in px. */
export const PERSON = { initial: 420, min: 340, max: 720 } as const;

interface Pane {
  readonly width: number;
  setWidth(width: number): void;
}

/** How wide a person is shown. */
export const usePersonPane = create<Pane>()(
  persist((set) => ({ width: PERSON.initial, setWidth: (width) => set({ width }) }), {
    name: 'parley.person',
    version: 1,
    storage: createJSONStorage(() => localStorage),
    partialize: ({ width }) => ({ width }),
  }),
);
