import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCallback, useEffect } from 'react';
import { useBridge } from '../lib/bridge/context.ts';
import { HoldDialog } from './HoldDialog.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { useAnnouncements } from './useAnnouncements.ts';
import { useAnnouncedPresence } from './usePresence.ts';
import { useTitle } from './useTitle.ts';

/** Around every address: what goes on whatever is shown. */
export function Root(): ReactNode {
  const bridge = useBridge();
  const navigate = useNavigate();
  // Within the inbox the view stays; from elsewhere it is that of everything.
  const { view = 'all' } = useParams({ strict: false });
  const show = useCallback(
    (conversationId: string) => {
      void navigate({ to: '/inbox/$view/{-$conversationId}', params: { view, conversationId } });
    },
    [navigate, view],
  );
  useEffect(
    () => bridge.on('navigate.conversation', ({ conversationId }) => show(conversationId)),
    [bridge, show],
  );
  useAnnouncements(show);
  useAnnouncedPresence();
  useTitle();
  return (
    <>
      <Outlet />
      <HoldDialog />
      <ExportDialog />
    </>
  );
}
