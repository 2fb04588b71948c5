import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DuplicatesScreen } from '../features/contacts/duplicates/DuplicatesScreen.tsx';
import { ImportScreen } from '../features/contacts/imports/ImportScreen.tsx';
import { RightsScreen } from '../features/contacts/rights/RightsScreen.tsx';
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

/** Ties duplicates to the address. */
export function DuplicatesPage(): ReactNode {
  const { contact, with: other } = useSearch({ from: '/contacts/duplicates' });
  const navigate = useNavigate();
  return (
    <div className={styles['frame']}>
      <DuplicatesScreen
        contactId={contact ?? null}
        withId={other ?? null}
        onShowAll={() => void navigate({ to: '/contacts/duplicates', search: {} })}
      />
      <ConnectionBar />
    </div>
  );
}

/** Ties the rights desk to the address. */
export function RightsPage(): ReactNode {
  const { requestId } = useParams({ from: '/contacts/rights/{-$requestId}' });
  const search = useSearch({ from: '/contacts/rights/{-$requestId}' });
  const navigate = useNavigate();
  const show = (id: string | null, of: { contact?: string }): void =>
    void navigate({
      to: '/contacts/rights/{-$requestId}',
      params: id === null ? { requestId: undefined } : { requestId: id },
      search: of,
    });
  return (
    <div className={styles['frame']}>
      <RightsScreen
        requestId={requestId ?? null}
        contactId={search.contact ?? null}
        onShow={(id) => show(id, search)}
        onShowAll={() => show(requestId ?? null, {})}
      />
      <ConnectionBar />
    </div>
  );
}
