import { create } from 'zustand';
import type { ContactFilter } from '../../../../shared/domain/contact-filter.ts';
import { EVERYBODY } from '../../../../shared/domain/contact-filter.ts';

interface Asking {
  readonly query: string;
  /** What is being built: conditions may still lack their value. */
  readonly filter: ContactFilter;
  /** The segment or built-in list that was chosen; null: the filter stands for itself. */
  readonly listId: string | null;
  readonly builderOpen: boolean;
  search(query: string): void;
  build(filter: ContactFilter): void;
  choose(listId: string | null, filter: ContactFilter): void;
  showBuilder(open: boolean): void;
}

/** Which contacts the table shows. Names and numbers are among it, so it is kept nowhere but here. */
export const useAsking = create<Asking>()((set) => ({
  query: '',
  filter: EVERYBODY,
  listId: 'everybody',
  builderOpen: false,
  search: (query) => set({ query }),
  build: (filter) => set({ filter }),
  choose: (listId, filter) => set({ listId, filter }),
  showBuilder: (builderOpen) => set({ builderOpen }),
}));
