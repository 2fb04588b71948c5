import { create } from 'zustand';

interface Timeline {
  /** Whether the thread leaves out notes and who did what. */
  readonly messagesOnly: boolean;
  toggle(): void;
}

/** What the thread shows besides messages. For this session only: nobody should miss a note for good. */
export const useTimeline = create<Timeline>()((set, get) => ({
  messagesOnly: false,
  toggle: () => set({ messagesOnly: !get().messagesOnly }),
}));
