import { create } from 'zustand';

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Notice {
  readonly id: number;
  readonly text: string;
  /** `problem`: something that was asked for did not work; `done`: it did. */
  readonly tone: 'problem' | 'done';
  readonly action: NoticeAction | null;
}

interface Notices {
  readonly notices: ReadonlyArray<Notice>;
  show(text: string): void;
  /** Says that something was done, with a way back. At most one of these is shown. */
  tell(text: string, action: NoticeAction | null): number;
  dismiss(id: number): void;
}

let nextId = 1;
/** Long enough to read a sentence twice, in ms. */
const STAY = 8_000;

/** Short sentences in the corner: what did not work, and what was done and can be undone. */
export const useNotices = create<Notices>()((set, get) => {
  const add = (notice: Omit<Notice, 'id'>, keep: (other: Notice) => boolean): number => {
    const id = nextId;
    nextId += 1;
    set({ notices: [...get().notices.filter(keep), { ...notice, id }] });
    setTimeout(() => get().dismiss(id), STAY);
    return id;
  };
  return {
    notices: [],
    show: (text) => {
      add({ text, tone: 'problem', action: null }, (other) => other.text !== text);
    },
    tell: (text, action) => add({ text, tone: 'done', action }, (other) => other.tone !== 'done'),
    dismiss: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
  };
});
