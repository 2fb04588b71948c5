import { create } from 'zustand';

interface Busy {
  /** How many conversations are being changed right now. */
  readonly size: number;
  /** Returns a function that ends it. */
  start(size: number): () => void;
}

/** Something is being done to so many conversations that it takes a while. */
export const useBusy = create<Busy>()((set, get) => ({
  size: 0,
  start(size) {
    set({ size: get().size + size });
    return () => set({ size: Math.max(0, get().size - size) });
  },
}));
