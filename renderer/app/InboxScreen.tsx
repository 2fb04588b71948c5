import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCallback, useMemo } from 'react';
import type { View } from '../../shared/contract/rows.ts';
import { Inbox } from '../features/inbox/Inbox.tsx';
import { viewKey, viewOf } from '../lib/queries/keys.ts';

const ROUTE = '/inbox/$view/{-$conversationId}';

/** Ties the inbox to the address. A view that does not exist (an address typed by hand) shows all conversations. */
export function InboxScreen(): ReactNode {
  const params = useParams({ from: ROUTE });
  const navigate = useNavigate();
  const view = useMemo<View>(() => viewOf(params.view) ?? { kind: 'all' }, [params.view]);
  const conversationId = params.conversationId ?? null;

  const show = useCallback(
    (next: View, id: string | null, replace: boolean) => {
      void navigate({
        to: ROUTE,
        params: {
          view: viewKey(next),
          ...(id === null ? { conversationId: undefined } : { conversationId: id }),
        },
        replace,
      });
    },
    [navigate],
  );

  return <Inbox view={view} conversationId={conversationId} hrefOf={hrefOf} onShow={show} />;
}

function hrefOf(view: View): string {
  return `#/inbox/${encodeURIComponent(viewKey(view))}`;
}
