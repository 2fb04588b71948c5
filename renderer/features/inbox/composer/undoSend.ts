import { create } from 'zustand';
import type { Draft } from '../../../../shared/contract/rows.ts';
import type { Bridge } from '../../../lib/bridge/bridge.ts';
import type { Drafts } from '../../../lib/stores/drafts.ts';
import type { Outgoing } from './outgoing.ts';
import { remainder } from './outgoing.ts';

/** Something sent that has not left this machine yet. */
export interface UndoableSend {
  readonly conversationId: string;
  readonly name: string;
  readonly sent: ReadonlyArray<{ readonly messageId: string; readonly part: Outgoing }>;
  /** Epoch ms until when it can be taken back. */
  readonly until: number;
  /** What was in the box; null for what does not come from it (a template, a voice message). */
  readonly draft: Draft | null;
}

interface UndoSendState {
  readonly last: UndoableSend | null;
  offer(send: UndoableSend): void;
  forget(send: UndoableSend): void;
}

/** The last thing sent, as long as it can be taken back. */
export const useUndoSend = create<UndoSendState>()((set, get) => ({
  last: null,
  offer: (last) => set({ last }),
  forget: (send) => {
    if (get().last === send) set({ last: null });
  },
}));

/**
 * Takes a send back and gives what was written to the composer again. Rejects when part of it is under way already; the rest of it is
 * back then.
 */
export async function takeBack(bridge: Bridge, drafts: Drafts, send: UndoableSend): Promise<void> {
  useUndoSend.getState().forget(send);
  const { conversationId, draft } = send;
  let gone = send.sent;
  try {
    // The last one first: what was sent before it keeps its place when only part of it can be taken back.
    for (const { messageId } of send.sent.toReversed()) {
      await bridge.call('message.discard', { conversationId, messageId });
      gone = gone.slice(0, -1);
    }
  } finally {
    if (draft !== null) {
      drafts.restore(
        conversationId,
        remainder(
          draft,
          gone.map(({ part }) => part),
        ),
      );
    }
  }
}
