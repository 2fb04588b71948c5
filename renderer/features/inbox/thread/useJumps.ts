import { useQueryClient } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ThreadPage } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { seek } from '../../../lib/queries/older.ts';
import { itemCursor, itemId, PAGE, showPage } from '../../../lib/queries/thread.ts';
import type { Jump, JumpTarget } from '../../../lib/stores/jump.ts';
import { useJump } from '../../../lib/stores/jump.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { NO_TERMS } from './context.ts';
import { foldedTerms } from './marks.ts';
import type { MessageListHandle } from './MessageList.tsx';

export interface Jumps {
  readonly conversationId: string;
  readonly page: ThreadPage;
  readonly handle: RefObject<MessageListHandle | null>;
  /** The list opens at this item as soon as it is among the rows. */
  turnTo(openAt: string): void;
}

// A jump may have been asked for before its thread was there; it is made once, by the first thread that can.
const made = new WeakSet<Jump>();

/** The place is brought from the gateway: how many messages came so far. */
export interface Seeking {
  readonly messages: number;
  readonly cancel: () => void;
}

/** Goes where `useJump` says, when it is about this conversation. Answers the words to mark, and what is still looked for. */
export function useJumps({ conversationId, page, handle, turnTo }: Jumps): {
  readonly terms: ReadonlyArray<string>;
  readonly seeking: Seeking | null;
} {
  const bridge = useBridge();
  const client = useQueryClient();
  const jump = useJump((state) => (state.jump?.conversationId === conversationId ? state.jump : null));
  const latest = useRef(page);
  useLayoutEffect(() => {
    latest.current = page;
  }, [page]);

  const [seeking, setSeeking] = useState<Seeking | null>(null);
  useEffect(() => {
    if (jump === null || made.has(jump)) return undefined;
    made.add(jump);
    const here = placeIn(latest.current, jump.target);
    if (here !== null && handle.current?.show(here) === true) return undefined;
    const target =
      jump.target.messageId === undefined ? { at: jump.target.at } : { messageId: jump.target.messageId };
    const abort = new AbortController();
    const cancel = (): void => abort.abort();
    const { show } = useNotices.getState();
    const onProgress = (messages: number): void => setSeeking({ messages, cancel });
    seek(bridge, conversationId, target, { signal: abort.signal, onProgress }, PAGE * 2)
      .then(async (page) => {
        if (abort.signal.aborted) return;
        if (page === null) {
          show(t('thread.jumpGone'));
          return;
        }
        await showPage(client, conversationId, page);
        const openAt = placeIn({ ...page, newer: false, older: 'none' }, jump.target);
        if (openAt !== null) turnTo(openAt);
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) show(`${t('thread.jumpFailed')} ${callWords(error)}`);
      })
      .finally(() => setSeeking((now) => (now?.cancel === cancel ? null : now)));
    // Somewhere else is wanted now.
    return cancel;
  }, [bridge, client, conversationId, handle, jump, turnTo]);

  // Left: nothing is marked when one comes back.
  useEffect(
    () => () => {
      const { jump: now, clear } = useJump.getState();
      if (now?.conversationId === conversationId && made.has(now)) clear();
    },
    [conversationId],
  );

  const terms = jump?.terms;
  const folded = useMemo(
    () => (terms === undefined || terms.length === 0 ? NO_TERMS : foldedTerms(terms)),
    [terms],
  );
  return { terms: folded, seeking };
}

/** Id of the loaded item that a jump means, or null when the place is not loaded. */
export function placeIn(page: ThreadPage, target: JumpTarget): string | null {
  const { items } = page;
  if (target.messageId !== undefined) {
    return items.some((item) => itemId(item) === target.messageId) ? target.messageId : null;
  }
  const { at } = target;
  const first = items[0];
  const last = items.at(-1);
  if (first === undefined || last === undefined) return null;
  if (itemCursor(first).at > at && page.older !== 'none') return null;
  const found = items.find((item) => itemCursor(item).at >= at);
  if (found !== undefined) return itemId(found);
  return page.newer ? null : itemId(last);
}
