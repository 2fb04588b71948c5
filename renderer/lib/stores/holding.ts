import { create } from 'zustand';
import type { HoldScope } from '../../../shared/domain/legal-hold.ts';

/** One conversation or one person that may be held. */
export interface Held {
  readonly scope: Exclude<HoldScope, { kind: 'all' }>;
  /** Whose it is: a hold on all of the person keeps the conversation too. */
  readonly contactId: string;
  readonly name: string;
}

interface Holding {
  readonly about: Held | null;
  open(about: Held): void;
  close(): void;
}

/** About what the dialog of legal holds is open. */
export const useHolding = create<Holding>()((set) => ({
  about: null,
  open: (about) => set({ about }),
  close: () => set({ about: null }),
}));
