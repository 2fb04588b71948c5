import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode, Ref } from 'react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ConversationDetail, ThreadPage } from '../../../../shared/contract/rows.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { loadOlder, trimThread } from '../../../lib/queries/thread.ts';
import { Announcer } from './Announcer.tsx';
import type { MessageListHandle } from './MessageList.tsx';
import { MessageList } from './MessageList.tsx';
import { firstUnread, rowsOf } from './rows.ts';
import { useMarkRead } from './useMarkRead.ts';

export interface HistoryProps {
  readonly detail: ConversationDetail;
  readonly page: ThreadPage;
  readonly now: number;
  readonly handle: Ref<MessageListHandle>;
}

/** What was said: rows out of items, older ones on demand, and the mark that it was read. Remount it for another conversation (key). */
export function History({ detail, page, now, handle }: HistoryProps): ReactNode {
  const conversationId = detail.conversation.id;
  const bridge = useBridge();
  const client = useQueryClient();
  // The marker stays where it was when the conversation was opened, also while its messages become read.
  const [unreadFrom] = useState(() => firstUnread(page.items, detail.conversation.unread));
  const [older, setOlder] = useState<'idle' | 'loading' | 'failed'>('idle');
  const [atEnd, setAtEnd] = useState(true);

  const rows = useMemo(() => rowsOf(page.items, unreadFrom, page.older === 'cache'), [page, unreadFrom]);
  useMarkRead(detail.conversation, page, atEnd);
  useEffect(() => () => trimThread(client, conversationId), [client, conversationId]);

  const onLoadOlder = useCallback(() => {
    setOlder('loading');
    loadOlder(bridge, client, conversationId).then(
      () => setOlder('idle'),
      () => setOlder('failed'),
    );
  }, [bridge, client, conversationId]);

  return (
    <>
      <MessageList
        rows={rows}
        older={page.older}
        loadingOlder={older === 'loading'}
        olderFailed={older === 'failed'}
        now={now}
        handle={handle}
        onLoadOlder={onLoadOlder}
        onAtEnd={setAtEnd}
      />
      <Announcer items={page.items} contactName={detail.contact.name} />
    </>
  );
}
