import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ConnectionBar } from '../features/inbox/ConnectionBar.tsx';
import { LibraryScreen } from '../features/inbox/library/LibraryScreen.tsx';
import { OutboxScreen } from '../features/inbox/outbox/OutboxScreen.tsx';
import styles from './Screen.module.css';

/** Ties the outbox to the address. */
export function OutboxPage(): ReactNode {
  const navigate = useNavigate();
  return (
    <div className={styles['frame']}>
      <OutboxScreen
        onBack={() => void navigate({ to: '/' })}
        onOpen={(conversationId) =>
          void navigate({ to: '/inbox/$view/{-$conversationId}', params: { view: 'all', conversationId } })
        }
      />
      <ConnectionBar />
    </div>
  );
}

/** Ties canned replies and macros to the address. */
export function LibraryPage(): ReactNode {
  const navigate = useNavigate();
  return (
    <div className={styles['frame']}>
      <LibraryScreen onBack={() => void navigate({ to: '/' })} />
      <ConnectionBar />
    </div>
  );
}
