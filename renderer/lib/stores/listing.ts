import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { ConversationSort } from '../../../shared/domain/conversation-filter.ts';

interface Listing {
  /** By view; a view that is not here has its own order. Ids and words of our own, no contents. */
  readonly sorts: Readonly<Record<string, ConversationSort>>;
  readonly filterOpen: boolean;
  sort(view: string, sort: ConversationSort): void;
  showFilter(open: boolean): void;
}

/** At most this many views keep an order of their own. */
const KEPT = 40;

/** How each list is ordered on this machine. */
export const useListing = create<Listing>()(
  persist(
    (set, get) => ({
      sorts: {},
      filterOpen: false,
      sort: (view, sort) =>
        set({ sorts: Object.fromEntries([...Object.entries(get().sorts).slice(-KEPT), [view, sort]]) }),
      showFilter: (filterOpen) => set({ filterOpen }),
    }),
    {
      name: 'parley.lists',
      version: 1,
      storage: createJSONStorage(() => localStorage),
      partialize: ({ sorts }) => ({ sorts }),
    },
  ),
);
