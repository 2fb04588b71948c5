import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCallback, useMemo, useState } from 'react';
import type { View } from '../../shared/contract/rows.ts';
import { Contacts } from '../features/contacts/Contacts.tsx';
import { FieldsScreen } from '../features/contacts/fields/FieldsScreen.tsx';
import { TriageProvider } from '../features/inbox/bulk/context.ts';
import { Overlays } from '../features/inbox/bulk/Overlays.tsx';
import { Triage } from '../features/inbox/bulk/triage.ts';
import { ConnectionBar } from '../features/inbox/ConnectionBar.tsx';
import type { Commands } from '../features/inbox/useShortcuts.ts';
import { useBridge } from '../lib/bridge/context.ts';
import { useReady } from '../lib/queries/hooks.ts';
import { viewKey } from '../lib/queries/keys.ts';
import { useContactRequests } from '../lib/stores/contactRequests.ts';
import { useOverlay } from '../lib/stores/overlay.ts';
import { undoLast } from '../lib/undo/undo.ts';
import styles from './Screen.module.css';

const ALL: View = { kind: 'all' };

/** Ties the contact manager to the address. Palette and sheet of keys lie over it as they do over the inbox. */
export function ContactsScreen(): ReactNode {
  const { contactId } = useParams({ from: '/contacts/{-$contactId}' });
  const navigate = useNavigate();
  const bridge = useBridge();
  const client = useQueryClient();
  const { me } = useReady();
  const [triage] = useState(
    () =>
      new Triage(bridge, client, {
        view: ALL,
        sort: 'newest',
        openId: null,
        me,
        show: () => undefined,
      }),
  );
  const show = useCallback(
    (id: string | null) => {
      void navigate({
        to: '/contacts/{-$contactId}',
        params: id === null ? { contactId: undefined } : { contactId: id },
        replace: id !== null && contactId !== undefined,
      });
    },
    [navigate, contactId],
  );
  const conversation = useCallback(
    (conversationId: string) => {
      void navigate({ to: '/inbox/$view/{-$conversationId}', params: { view: 'all', conversationId } });
    },
    [navigate],
  );
  const showView = useCallback(
    (view: View) => {
      void navigate({ to: '/inbox/$view/{-$conversationId}', params: { view: viewKey(view) } });
    },
    [navigate],
  );
  const commands = useMemo<Commands>(() => {
    const done = (act: () => void) => (): boolean => {
      act();
      return true;
    };
    return {
      undo: () => undoLast(bridge),
      sheet: done(() => useOverlay.getState().open({ kind: 'sheet' })),
      newContact: done(() => useContactRequests.getState().add(true)),
    };
  }, [bridge]);
  return (
    <TriageProvider value={triage}>
      <div className={styles['frame']}>
        <Contacts contactId={contactId ?? null} onShow={show} onConversation={conversation} />
        <ConnectionBar />
      </div>
      <Overlays view={ALL} commands={commands} onView={showView} onOpen={conversation} />
    </TriageProvider>
  );
}

/** Ties the custom fields to the address. */
export function ContactFieldsPage(): ReactNode {
  const navigate = useNavigate();
  return (
    <div className={styles['frame']}>
      <FieldsScreen onBack={() => void navigate({ to: '/contacts/{-$contactId}' })} />
      <ConnectionBar />
    </div>
  );
}
