import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { memo, useCallback, useMemo } from 'react';
import type { View } from '../../shared/contract/rows.ts';
import { Inbox as PlainInbox } from '../features/inbox/Inbox.tsx';
import { viewKey, viewOf } from '../lib/queries/keys.ts';
import type { Shown } from './useShown.ts';
import { useShown } from './useShown.ts';

const ROUTE = '/inbox/$view/{-$conversationId}';

// The address that follows what is shown already changes nothing here.
const Inbox = memo(PlainInbox);

/** Ties the inbox to the address. A view that does not exist (an address typed by hand) shows all conversations. */
export function InboxScreen(): ReactNode {
  const params = useParams({ from: ROUTE });
  const navigate = useNavigate();
  const go = useCallback(
    ({ view, conversationId }: Shown, replace: boolean) => {
      void navigate({
        to: ROUTE,
        params: { view, conversationId: conversationId ?? undefined },
        replace,
      });
    },
    [navigate],
  );
  const [shown, showKey] = useShown({ view: params.view, conversationId: params.conversationId ?? null }, go);
  const view = useMemo<View>(() => viewOf(shown.view) ?? { kind: 'all' }, [shown.view]);
  const show = useCallback(
    (next: View, conversationId: string | null, replace: boolean) =>
      showKey({ view: viewKey(next), conversationId }, replace),
    [showKey],
  );

  return <Inbox view={view} conversationId={shown.conversationId} hrefOf={hrefOf} onShow={show} />;
}

function hrefOf(view: View): string {
  return `#/inbox/${encodeURIComponent(viewKey(view))}`;
}
