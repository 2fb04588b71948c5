import type { ConversationStatus } from '../../../shared/domain/conversation.ts';
import { t } from '../../i18n/t.ts';
import type { Bridge } from '../../lib/bridge/bridge.ts';
import { useKeptUnread } from '../../lib/stores/keptUnread.ts';
import { perform } from '../../lib/undo/undo.ts';

/** Marks as unread and keeps it so while it stays open. */
export function markUnread(bridge: Bridge, conversationId: string): void {
  useKeptUnread.getState().keep(conversationId);
  void perform(bridge, [conversationId], { type: 'unread' }, (count) => t('triage.done.unread', { count }));
}

/** Closes an open or snoozed conversation, reopens a closed one. */
export function toggleClosed(bridge: Bridge, conversationId: string, now: ConversationStatus): void {
  const status = now === 'closed' ? 'open' : 'closed';
  void perform(
    bridge,
    [conversationId],
    { type: 'status', status, snoozedUntil: null, reason: null },
    (count) => t(`triage.done.${status}`, { count }),
  );
}

/** Gives a conversation to somebody (with the name to say), or back to the queue (null). */
export function assign(
  bridge: Bridge,
  conversationId: string,
  assigneeId: string | null,
  name?: string | undefined,
): void {
  void perform(bridge, [conversationId], { type: 'assign', assigneeId, teamId: null, note: null }, (count) =>
    assigneeId === null || name === undefined
      ? t('triage.done.queue', { count })
      : t('triage.done.assigned', { count, name }),
  );
}
