import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { ConversationDetail, Draft } from '../../../../shared/contract/rows.ts';
import { useQuote } from '../../../lib/stores/quote.ts';
import { useDrafts } from './drafts.ts';
import { useModeRequests } from './useModeRequests.ts';

/** What is being written in a conversation, and how to change it. Saved when the conversation is left. */
export function useDraft(detail: ConversationDetail): [Draft, (patch: Partial<Draft>) => void] {
  const drafts = useDrafts();
  const conversationId = detail.conversation.id;
  const saved = detail.draft;
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.open(conversationId, saved));
  const change = useCallback(
    (patch: Partial<Draft>) => drafts.change(conversationId, patch),
    [drafts, conversationId],
  );
  useEffect(() => () => void drafts.flush(conversationId), [drafts, conversationId]);
  return [draft, change];
}

/** Takes up "Reply" of a message of this conversation: quotes it and turns to the reply; and what the keys R and N ask for. */
export function useRequests(
  conversationId: string,
  change: (patch: Partial<Draft>) => void,
  turnTo: (mode: 'reply' | 'note') => void,
): void {
  useModeRequests(turnTo);
  const request = useQuote((state) => state.request);
  useEffect(() => {
    if (request === null || request.conversationId !== conversationId) return;
    useQuote.getState().taken();
    change({ quotedMessageId: request.messageId });
    turnTo('reply');
  }, [request, conversationId, change, turnTo]);
}
