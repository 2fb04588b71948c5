import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ImportScreen } from '../features/contacts/imports/ImportScreen.tsx';
import { ConnectionBar } from '../features/inbox/ConnectionBar.tsx';
import styles from './Screen.module.css';

/** Ties importing to the address. */
export function ImportPage(): ReactNode {
  const { importId } = useParams({ from: '/contacts/import/{-$importId}' });
  const navigate = useNavigate();
  return (
    <div className={styles['frame']}>
      <ImportScreen
        importId={importId ?? null}
        onShow={(id) =>
          void navigate({
            to: '/contacts/import/{-$importId}',
            params: id === null ? { importId: undefined } : { importId: id },
          })
        }
      />
      <ConnectionBar />
    </div>
  );
}
