import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { ContactSort } from '../../../../shared/domain/contact-filter.ts';
import { FIRST_COLUMNS, moved } from './columns.ts';

export const NARROWEST = 64;
export const WIDEST = 640;

interface Columns {
  readonly chosen: ReadonlyArray<string>;
  readonly widths: Readonly<Record<string, number>>;
  readonly sort: ContactSort;
  show(id: string, shown: boolean): void;
  move(id: string, to: number): void;
  size(id: string, width: number): void;
  order(sort: ContactSort): void;
  reset(): void;
}

/** How the table looks on this machine: ids and numbers, no contents. */
export const useColumns = create<Columns>()(
  persist(
    (set, get) => ({
      chosen: FIRST_COLUMNS,
      widths: {},
      sort: { by: 'name', descending: false },
      show: (id, shown) => {
        const without = get().chosen.filter((each) => each !== id);
        set({ chosen: shown ? [...without, id] : without });
      },
      move: (id, to) => set({ chosen: moved(get().chosen, id, to) }),
      size: (id, width) =>
        set({
          widths: { ...get().widths, [id]: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) },
        }),
      order: (sort) => set({ sort }),
      reset: () => set({ chosen: FIRST_COLUMNS, widths: {} }),
    }),
    {
      name: 'parley.contacts',
      version: 1,
      storage: createJSONStorage(() => localStorage),
      partialize: ({ chosen, widths, sort }) => ({ chosen, widths, sort }),
    },
  ),
);
