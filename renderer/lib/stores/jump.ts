import { create } from 'zustand';

/** A place in a thread that somebody asked for: a message, or a point in time (epoch ms). */
export type JumpTarget =
  | { readonly messageId: string; readonly at?: undefined }
  | { readonly at: number; readonly messageId?: undefined };

export interface Jump {
  /** Grows with every jump: asking for the same place twice goes there twice. */
  readonly seq: number;
  readonly conversationId: string;
  readonly target: JumpTarget;
  /** Words to mark in the thread; empty when it was not a search. */
  readonly terms: ReadonlyArray<string>;
}

interface JumpState {
  readonly jump: Jump | null;
  go(conversationId: string, target: JumpTarget, terms?: ReadonlyArray<string>): void;
  /** Nothing is marked any more. */
  clear(): void;
}

/** Where the thread shall go next. The thread goes there once it shows that conversation. */
export const useJump = create<JumpState>()((set, get) => ({
  jump: null,
  go: (conversationId, target, terms = []) =>
    set({ jump: { seq: (get().jump?.seq ?? 0) + 1, conversationId, target, terms } }),
  clear: () => set({ jump: null }),
}));
