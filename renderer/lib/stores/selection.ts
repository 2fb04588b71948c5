import { create } from 'zustand';

interface Selection {
  readonly picked: ReadonlySet<string>;
  /** Where a range began. */
  readonly anchorId: string | null;
  /** Where the keyboard is in the list. */
  readonly cursorId: string | null;
  /** The list takes the focus when it appears next. */
  readonly focusList: boolean;
  wantFocus(want: boolean): void;
  toggle(id: string): void;
  /** Adds everything between the anchor and `id`, in the order of `ids`. */
  extend(ids: ReadonlyArray<string>, id: string): void;
  set(ids: Iterable<string>): void;
  clear(): void;
  point(id: string | null): void;
}

const NONE: ReadonlySet<string> = new Set();

/** Conversations selected for one action. View state: it is gone with the view. */
export const useSelection = create<Selection>()((set, get) => ({
  picked: NONE,
  anchorId: null,
  cursorId: null,
  focusList: false,
  wantFocus: (focusList) => set({ focusList }),
  toggle(id) {
    const picked = new Set(get().picked);
    if (!picked.delete(id)) picked.add(id);
    set({ picked: picked.size === 0 ? NONE : picked, anchorId: id });
  },
  extend(ids, id) {
    const { anchorId, picked } = get();
    const from = anchorId === null ? -1 : ids.indexOf(anchorId);
    const to = ids.indexOf(id);
    if (to === -1) return;
    const start = from === -1 ? to : from;
    const range = ids.slice(Math.min(start, to), Math.max(start, to) + 1);
    set({ picked: new Set([...picked, ...range]), anchorId: ids[start] ?? id });
  },
  set(ids) {
    const picked = new Set(ids);
    set({ picked: picked.size === 0 ? NONE : picked });
  },
  clear() {
    if (get().picked.size > 0 || get().anchorId !== null) set({ picked: NONE, anchorId: null });
  },
  point: (cursorId) => set({ cursorId }),
}));
