import { create } from 'zustand';

interface LostDevice {
  readonly isOpen: boolean;
  open(): void;
  close(): void;
}

/** Whether the question "Lost device?" lies over whatever is shown. */
export const useLostDevice = create<LostDevice>()((set) => ({
  isOpen: false,
  open: () => set({ isOpen: true }),
  close: () => set({ isOpen: false }),
}));
