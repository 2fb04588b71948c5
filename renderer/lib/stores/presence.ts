import { create } from 'zustand';
import type { PresenceState } from '../../../shared/protocol/ephemeral.ts';

/** What a person can say of themselves; `offline` is said by not being connected. */
export type ChosenPresence = Exclude<PresenceState, 'offline'>;

interface PresenceStore {
  readonly chosen: ChosenPresence;
  /** No input for a while. */
  readonly idle: boolean;
  choose(chosen: ChosenPresence): void;
  setIdle(idle: boolean): void;
}

/** One's own presence, until the window is closed. */
export const usePresence = create<PresenceStore>()((set) => ({
  chosen: 'available',
  idle: false,
  choose: (chosen) => set({ chosen }),
  setIdle: (idle) => set({ idle }),
}));

/** What the colleagues are told: who is available and touches nothing is away. */
export function announced({ chosen, idle }: Pick<PresenceStore, 'chosen' | 'idle'>): ChosenPresence {
  return idle && chosen === 'available' ? 'away' : chosen;
}
