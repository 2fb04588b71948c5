import { create } from 'zustand';

export interface Notice {
  readonly id: number;
  readonly text: string;
}

interface Notices {
  readonly notices: ReadonlyArray<Notice>;
  show(text: string): void;
  dismiss(id: number): void;
}

let nextId = 1;
/** Long enough to read a sentence twice, in ms. */
const STAY = 8_000;

/** Short sentences in the corner: something that was asked for did not work. */
export const useNotices = create<Notices>()((set, get) => ({
  notices: [],
  show(text) {
    const id = nextId;
    nextId += 1;
    set({ notices: [...get().notices.filter((notice) => notice.text !== text), { id, text }] });
    setTimeout(() => get().dismiss(id), STAY);
  },
  dismiss: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
}));
