import { useCallback, useSyncExternalStore } from 'react';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import { useDrafts } from './drafts.ts';

/** The note being written in a conversation, kept with its draft. `ifEmpty`: only where nothing else was written meanwhile. */
export function useNotes(detail: ConversationDetail): [string, (note: string, ifEmpty?: boolean) => void] {
  const drafts = useDrafts();
  const conversationId = detail.conversation.id;
  const saved = detail.draft;
  const note = useSyncExternalStore(drafts.subscribe, () => drafts.open(conversationId, saved).note ?? '');
  // Bound to the conversation of its render: a refusal that comes late goes to the right one.
  const write = useCallback(
    (next: string, ifEmpty = false) => {
      if (ifEmpty && (drafts.get(conversationId).note ?? '') !== '') return;
      drafts.change(conversationId, { note: next });
    },
    [drafts, conversationId],
  );
  return [note, write];
}
