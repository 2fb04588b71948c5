import { useQueryClient } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { useEffect } from 'react';
import type { ConversationDetail } from '../../../shared/contract/rows.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { keys } from '../../lib/queries/keys.ts';
import { markUnread, toggleClosed } from './conversationActions.ts';

export interface Shortcuts {
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly composer: RefObject<HTMLTextAreaElement | null>;
  readonly conversationId: string | null;
  readonly onBack: () => void;
}

/**
 * Keys that work anywhere in the inbox: J and K go to the list, R to the composer, Escape back, U marks as unread, E closes or reopens. Inside a text box only
 * Escape counts, inside a menu or dialog none.
 */
export function useShortcuts({ grid, composer, conversationId, onBack }: Shortcuts): void {
  const bridge = useBridge();
  const client = useQueryClient();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.isComposing)
        return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('[role="menu"], [role="dialog"], [role="alertdialog"]') != null) return;
      if (event.key === 'Escape') {
        onBack();
        event.preventDefault();
        return;
      }
      if (target?.closest('input, textarea, select, [contenteditable="true"]') != null) return;
      switch (event.key) {
        case 'j':
        case 'k': {
          const list = grid.current;
          if (list === null || list.contains(target)) return;
          list.focus();
          list.dispatchEvent(
            new KeyboardEvent('keydown', { key: event.key, bubbles: true, cancelable: true }),
          );
          break;
        }
        case 'r':
          composer.current?.focus();
          break;
        case 'u':
          if (conversationId === null) return;
          markUnread(bridge, conversationId);
          onBack();
          break;
        case 'e': {
          const detail =
            conversationId === null
              ? undefined
              : client.getQueryData<ConversationDetail>(keys.detail(conversationId));
          if (conversationId === null || detail === undefined) return;
          toggleClosed(bridge, conversationId, detail.conversation.status);
          break;
        }
        default:
          return;
      }
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [bridge, client, grid, composer, conversationId, onBack]);
}
