/** What the user looks at: the open conversation and whether the window has the focus. The page tells both. */
import type { EphemeralSignal } from '../../../shared/protocol/ephemeral.ts';

export type Attention = {
  signal(signal: EphemeralSignal): void;
  focus(focused: boolean): void;
  /** Whether this conversation is on the screen of somebody who looks at it. */
  on(conversationId: string): boolean;
};

export function createAttention(): Attention {
  let viewing: string | null = null;
  // A page that never says so is taken for looked at: rather one notification too few about what is on screen.
  let focused = true;
  return {
    signal(signal) {
      if (signal.type === 'viewing') viewing = signal.conversationId;
    },
    focus(next) {
      focused = next;
    },
    on: (conversationId) => focused && viewing === conversationId,
  };
}
