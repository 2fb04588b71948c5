import { create } from 'zustand';

interface WritingMode {
  /** What somebody wants to write, with a key: the composer turns to it and takes the focus. `seq` grows with each request. */
  readonly request: { readonly mode: 'reply' | 'note'; readonly seq: number } | null;
  ask(mode: 'reply' | 'note'): void;
}

export const useWritingMode = create<WritingMode>()((set, get) => ({
  request: null,
  ask: (mode) => set({ request: { mode, seq: (get().request?.seq ?? 0) + 1 } }),
}));
