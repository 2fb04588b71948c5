import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode, RefObject } from 'react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ConversationDetail, ThreadPage } from '../../../../shared/contract/rows.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { loadNewer, loadOlder, showNewest, trimThread } from '../../../lib/queries/thread.ts';
import { useTimeline } from '../../../lib/stores/timeline.ts';
import { Announcer } from './Announcer.tsx';
import { TermsProvider } from './context.ts';
import type { MessageListHandle } from './MessageList.tsx';
import { MessageList } from './MessageList.tsx';
import { firstUnread, rowsOf } from './rows.ts';
import { SeekingBar } from './SeekingBar.tsx';
import { useJumps } from './useJumps.ts';
import { useMarkRead } from './useMarkRead.ts';

export interface HistoryProps {
  readonly detail: ConversationDetail;
  readonly page: ThreadPage;
  readonly now: number;
  readonly handle: RefObject<MessageListHandle | null>;
}

/** Where the list stands: a new `turn` makes a new list, opened at `openAt` (null: at the end). */
interface Place {
  readonly turn: number;
  readonly openAt: string | null;
}

/** What was said: rows out of items, more on demand in both directions, and the mark that it was read. Remount it for another conversation (key). */
export function History({ detail, page, now, handle }: HistoryProps): ReactNode {
  const conversationId = detail.conversation.id;
  const bridge = useBridge();
  const client = useQueryClient();
  // The marker stays where it was when the conversation was opened, also while its messages become read.
  const [unreadFrom] = useState(() => firstUnread(page.items, detail.conversation.unread));
  const [older, setOlder] = useState<Older>(IDLE);
  const [atEnd, setAtEnd] = useState(true);
  const [place, setPlace] = useState<Place>({ turn: 0, openAt: null });
  const messagesOnly = useTimeline((state) => state.messagesOnly);

  const rows = useMemo(() => {
    const items = messagesOnly ? page.items.filter((item) => item.type === 'message') : page.items;
    return rowsOf(items, unreadFrom, page.older === 'cache');
  }, [page, unreadFrom, messagesOnly]);
  useMarkRead(detail.conversation, page, atEnd && !page.newer);
  useEffect(() => () => trimThread(client, conversationId), [client, conversationId]);

  // What was read for a jump is on its way through the cache; the list turns to it once it is here.
  const turning = useRef<{ openAt: string | null } | null>(null);
  useLayoutEffect(() => {
    const turn = turning.current;
    if (turn === null) return;
    const here = turn.openAt === null ? !page.newer : rows.some((row) => row.key === turn.openAt);
    if (!here) return;
    turning.current = null;
    setAtEnd(turn.openAt === null);
    setPlace((before) => ({ turn: before.turn + 1, openAt: turn.openAt }));
  }, [page, rows]);
  const turnTo = useCallback((openAt: string | null) => {
    turning.current = { openAt };
  }, []);
  const { terms, seeking } = useJumps({ conversationId, page, handle, turnTo });

  const onLoadOlder = useCallback(() => {
    setOlder({ state: 'loading', loaded: 0 });
    loadOlder(bridge, client, conversationId).then(
      (loaded) => setOlder({ state: 'idle', loaded }),
      () => setOlder({ state: 'failed', loaded: 0 }),
    );
  }, [bridge, client, conversationId]);

  const loadingNewer = useRef(false);
  const onLoadNewer = useCallback(() => {
    if (loadingNewer.current) return;
    loadingNewer.current = true;
    // Not having them now is no loss: the next scroll asks again.
    void loadNewer(bridge, client, conversationId)
      .catch(() => undefined)
      .finally(() => {
        loadingNewer.current = false;
      });
  }, [bridge, client, conversationId]);
  const onNewest = useCallback(() => {
    turnTo(null);
    showNewest(bridge, client, conversationId).catch(() => {
      turning.current = null;
    });
  }, [bridge, client, conversationId, turnTo]);

  return (
    <TermsProvider value={terms}>
      {seeking === null ? null : <SeekingBar seeking={seeking} />}
      <MessageList
        key={place.turn}
        rows={rows}
        older={page.older}
        loadingOlder={older.state === 'loading'}
        olderFailed={older.state === 'failed'}
        newer={page.newer}
        openAt={place.openAt}
        now={now}
        handle={handle}
        onLoadOlder={onLoadOlder}
        onLoadNewer={onLoadNewer}
        onNewest={onNewest}
        onAtEnd={setAtEnd}
      />
      <Announcer
        items={page.items}
        live={!page.newer}
        contactName={detail.contact.name}
        olderLoaded={older.loaded}
      />
    </TermsProvider>
  );
}

interface Older {
  readonly state: 'idle' | 'loading' | 'failed';
  /** Items that came with the last page, for a screen reader. */
  readonly loaded: number;
}

const IDLE: Older = { state: 'idle', loaded: 0 };
