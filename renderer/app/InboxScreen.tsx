import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useMemo } from 'react';
import type { View } from '../../shared/contract/rows.ts';
import { Inbox } from '../features/inbox/Inbox.tsx';
import { useBridge } from '../lib/bridge/context.ts';
import { viewKey, viewOf } from '../lib/queries/keys.ts';

const ROUTE = '/inbox/$view/{-$conversationId}';

/** Ties the inbox to the address. A view that does not exist (an address typed by hand) shows all conversations. */
export function InboxScreen(): ReactNode {
  const params = useParams({ from: ROUTE });
  const navigate = useNavigate();
  const bridge = useBridge();
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

  useEffect(
    () =>
      bridge.on('navigate.conversation', ({ conversationId: id }) => {
        show(view, id, false);
      }),
    [bridge, show, view],
  );

  return <Inbox view={view} conversationId={conversationId} hrefOf={hrefOf} onShow={show} />;
}

function hrefOf(view: View): string {
  return `#/inbox/${encodeURIComponent(viewKey(view))}`;
}
