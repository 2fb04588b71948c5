import { CircleAlert, Clock, CloudOff, LogIn, RefreshCw, Wifi } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import type { ConnectionState } from '../../../shared/contract/state.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { callWords } from '../../lib/callWords.ts';
import { connectionWords, syncProgress } from '../../lib/connectionWords.ts';
import { useConnection } from '../../lib/queries/hooks.ts';
import { useNotices } from '../../lib/stores/notices.ts';
import { useSignInAgain } from '../../lib/stores/session.ts';
import { useNow } from '../../lib/useNow.ts';
import { cx } from '../../ui/cx.ts';
import { Progress } from '../../ui/Progress.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import styles from './ConnectionBar.module.css';

/** The strip at the foot of the window that never lies about the connection: always there, loud only when it matters. */
export const ConnectionBar = memo(function ConnectionBar(): ReactNode {
  const connection = useConnection();
  const state = connection?.connection ?? { state: 'idle' };
  const unsent = connection?.unsent ?? 0;
  const now = useNow(state.state === 'offline' ? 1_000 : null);
  const words = connectionWords(state, now);
  const loud = state.state === 'offline' || state.state === 'signed_out' || state.state === 'mismatch';
  return (
    <footer className={cx(styles['bar'], loud && styles['loud'])}>
      <div
        role="status"
        aria-label={t('app.connection.label')}
        className={styles['status']}
        data-state={state.state}
      >
        <StateIcon state={state.state} />
        <span>{words.main}</span>
        {words.numbers === null ? null : (
          <span className={styles['numbers']} aria-hidden="true">
            {words.numbers}
          </span>
        )}
        {unsent > 0 ? (
          <span className={styles['unsent']}>
            <Clock size={12} aria-hidden="true" />
            {t('app.connection.unsent', { count: unsent })}
          </span>
        ) : null}
      </div>
      {state.state === 'catching_up' ? (
        <span className={styles['progress']}>
          <Progress label={words.main} value={syncProgress(state)} />
        </span>
      ) : null}
      {state.state === 'offline' ? (
        <span className={styles['hint']}>{t('app.connection.offlineHint')}</span>
      ) : null}
      <Action state={state} />
    </footer>
  );
});

function Action({ state }: { readonly state: ConnectionState }): ReactNode {
  const bridge = useBridge();
  const showNotice = useNotices((notices) => notices.show);
  const signInAgain = useSignInAgain((session) => session.open);
  if (state.state === 'offline') {
    return (
      <button
        type="button"
        className={styles['action']}
        onClick={() => {
          bridge.call('connection.retry', {}).catch((error: unknown) => showNotice(callWords(error)));
        }}
      >
        {t('app.connection.retryNow')}
      </button>
    );
  }
  if (state.state === 'signed_out') {
    return (
      <button type="button" className={styles['action']} onClick={signInAgain}>
        {t('app.connection.signIn')}
      </button>
    );
  }
  return null;
}

function StateIcon({ state }: { readonly state: ConnectionState['state'] }): ReactNode {
  switch (state) {
    case 'online':
      return <Wifi size={14} aria-hidden="true" />;
    case 'idle':
    case 'connecting':
      return <Spinner size={14} />;
    case 'catching_up':
      return <RefreshCw size={14} aria-hidden="true" />;
    case 'offline':
      return <CloudOff size={14} aria-hidden="true" />;
    case 'signed_out':
      return <LogIn size={14} aria-hidden="true" />;
    case 'mismatch':
      return <CircleAlert size={14} aria-hidden="true" />;
  }
}
