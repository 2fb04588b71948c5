import { useEffect, useSyncExternalStore } from 'react';
import type { ThreadPage } from '../../../../shared/contract/rows.ts';
import type { Conversation } from '../../../../shared/domain/conversation.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useKeptUnread } from '../../../lib/stores/keptUnread.ts';

/** Looking at a conversation for so long counts as reading it; passing by with the arrow keys does not. In ms. */
const DWELL = 500;

/** Marks a conversation as read when its end is in sight of somebody who is there. */
export function useMarkRead(
  conversation: Pick<Conversation, 'id' | 'unread'>,
  page: ThreadPage,
  atEnd: boolean,
): void {
  const bridge = useBridge();
  const attentive = useAttentive();
  const newest = newestInbound(page);
  const kept = useKeptUnread((state) => state.id === conversation.id);
  const due = attentive && !kept && atEnd && conversation.unread > 0 && newest !== null;
  const { id } = conversation;
  // Leaving ends it: the next time it is opened, it is read.
  useEffect(() => () => useKeptUnread.getState().release(), [id]);
  useEffect(() => {
    if (!due || newest === null) return undefined;
    const timer = setTimeout(() => {
      // Being unable to say so now is no reason to disturb: the next look says it again.
      bridge.call('conversation.read', { conversationId: id, upTo: newest }).catch(() => undefined);
    }, DWELL);
    return () => clearTimeout(timer);
  }, [bridge, due, id, newest]);
}

function newestInbound(page: ThreadPage): string | null {
  const item = page.items.findLast((each) => each.type === 'message' && each.message.direction === 'in');
  return item?.type === 'message' ? item.message.id : null;
}

/** Whether the window is seen and has the focus. */
function useAttentive(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState === 'visible' && document.hasFocus());
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('focus', changed);
  window.addEventListener('blur', changed);
  document.addEventListener('visibilitychange', changed);
  return () => {
    window.removeEventListener('focus', changed);
    window.removeEventListener('blur', changed);
    document.removeEventListener('visibilitychange', changed);
  };
}
