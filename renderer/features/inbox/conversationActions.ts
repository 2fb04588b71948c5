import type { ConversationAction } from '../../../shared/contract/actions.ts';
import type { ConversationStatus } from '../../../shared/domain/conversation.ts';
import type { Bridge } from '../../lib/bridge/bridge.ts';
import { callWords } from '../../lib/callWords.ts';
import { useKeptUnread } from '../../lib/stores/keptUnread.ts';
import { useNotices } from '../../lib/stores/notices.ts';

function apply(bridge: Bridge, conversationId: string, action: ConversationAction): void {
  bridge.call('conversations.apply', { conversationIds: [conversationId], action }).catch(fail);
}

function fail(error: unknown): void {
  useNotices.getState().show(callWords(error));
}

/** Marks as unread and keeps it so while it stays open. */
export function markUnread(bridge: Bridge, conversationId: string): void {
  useKeptUnread.getState().keep(conversationId);
  apply(bridge, conversationId, { type: 'unread' });
}

/** Closes an open or snoozed conversation, reopens a closed one. */
export function toggleClosed(bridge: Bridge, conversationId: string, now: ConversationStatus): void {
  const status = now === 'closed' ? 'open' : 'closed';
  apply(bridge, conversationId, { type: 'status', status, snoozedUntil: null, reason: null });
}

/** Gives a conversation to somebody, or back to the queue (null). */
export function assign(bridge: Bridge, conversationId: string, assigneeId: string | null): void {
  apply(bridge, conversationId, { type: 'assign', assigneeId, teamId: null, note: null });
}
