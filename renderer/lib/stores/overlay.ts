import { create } from 'zustand';

/** What lies over the inbox. `ids`: the conversations it is about, taken when it was opened. */
export type Overlay =
  | { readonly kind: 'palette' | 'sheet' | 'saveView' }
  | { readonly kind: 'assign' | 'label' | 'snooze' | 'close' | 'date'; readonly ids: ReadonlyArray<string> }
  | { readonly kind: 'renameView'; readonly itemId: string };

interface OverlayState {
  readonly overlay: Overlay | null;
  open(overlay: Overlay): void;
  close(): void;
}

/** At most one thing lies over the inbox. */
export const useOverlay = create<OverlayState>()((set) => ({
  overlay: null,
  open: (overlay) => set({ overlay }),
  close: () => set({ overlay: null }),
}));
