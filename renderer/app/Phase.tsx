import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { AppState } from '../../shared/contract/state.ts';
import { t } from '../i18n/t.ts';
import type { Link } from '../lib/bridge/bridge.ts';
import { useBridge } from '../lib/bridge/context.ts';
import { useAppState, useConnection } from '../lib/queries/hooks.ts';
import { useSignInAgain } from '../lib/stores/session.ts';
import styles from './Phase.module.css';
import { router } from './router.tsx';
import { LostDeviceDialog } from './LostDeviceDialog.tsx';
import { useSecurityKeys } from './useSecurityKeys.ts';
import { LostReceiptDialog } from './LostReceiptDialog.tsx';
import { CacheProblemScreen } from './startup/CacheProblemScreen.tsx';
import { KeyChoiceScreen } from './startup/KeyChoiceScreen.tsx';
import { KeyProblemScreen } from './startup/KeyProblemScreen.tsx';
import { MismatchScreen } from './startup/MismatchScreen.tsx';
import { RotatingScreen } from './startup/RotatingScreen.tsx';
import { SignInScreen } from './startup/SignInScreen.tsx';
import { StartingScreen } from './startup/StartingScreen.tsx';
import { UnlockScreen } from './startup/UnlockScreen.tsx';

/** Where there is something to end or to wipe. */
const REPORTS: ReadonlySet<string> = new Set([
  'locked',
  'key_problem',
  'cache_problem',
  'signed_out',
  'protocol_mismatch',
  'ready',
]);

/** One screen for each phase of the application; only `ready` has an inbox. */
export function Phase(): ReactNode {
  const state = useAppState();
  const lost = useLost();
  useSecurityKeys(state.data?.phase);
  return (
    <>
      {/* Stays below while the main process is away, so that nothing that is being typed is lost. */}
      <div className={styles['whole']} inert={lost}>
        {state.data === undefined ? (
          <StartingScreen title={null} text={t('startup.starting')} />
        ) : (
          <Screen state={state.data} />
        )}
      </div>
      {REPORTS.has(state.data?.phase ?? '') && state.data !== undefined ? (
        <LostDeviceDialog phase={state.data.phase} />
      ) : null}
      <LostReceiptDialog phase={state.data?.phase} />
      {lost ? (
        <div className={styles['over']}>
          <StartingScreen title={t('startup.lost.title')} text={t('startup.lost.text')} />
        </div>
      ) : null}
    </>
  );
}

function Screen({ state }: { readonly state: AppState }): ReactNode {
  switch (state.phase) {
    case 'starting':
      return <StartingScreen title={null} text={t('startup.starting')} />;
    case 'key_choice':
      return <KeyChoiceScreen options={state.options} />;
    case 'locked':
      return <UnlockScreen state={state} />;
    case 'rotating':
      return <RotatingScreen state={state} />;
    case 'wiping':
      return <StartingScreen title={t('ending.wiping.title')} text={t(`ending.wiping.${state.reason}`)} />;
    case 'key_problem':
      return <KeyProblemScreen key={state.problem} state={state} />;
    case 'cache_problem':
      return <CacheProblemScreen key={state.problem} state={state} onRestore={goToBackups} />;
    case 'signed_out':
      return (
        <SignInScreen
          gateway={state.gateway}
          prefill={state.prefill}
          reason={state.reason}
          unsent={state.unsent}
          onRestore={goToBackups}
        />
      );
    case 'protocol_mismatch':
      return <MismatchScreen ours={state.ours} theirs={state.theirs} unsent={state.unsent} />;
    case 'ready':
      return <Ready state={state} />;
  }
}

/** Where the page is to be once there is one. */
function goToBackups(): void {
  router.history.replace('/settings/backup');
}

/** The inbox, or the sign-in form over it when the session has ended and somebody wants to renew it. */
function Ready({ state }: { readonly state: Extract<AppState, { phase: 'ready' }> }): ReactNode {
  const connection = useConnection();
  const { isOpen, close } = useSignInAgain();
  const ended = connection?.connection.state === 'signed_out' ? connection.connection : null;
  useEffect(() => {
    if (ended === null) close();
  }, [ended, close]);
  if (isOpen && ended !== null) {
    return (
      <SignInScreen
        gateway={state.gateway}
        prefill={{ gateway: state.gateway, email: state.me.email, password: '' }}
        reason={ended.reason ?? 'session_expired'}
        unsent={connection?.unsent ?? null}
      />
    );
  }
  return <RouterProvider router={router} />;
}

/** A moment without the main process is nothing to speak of; longer than this is, in ms. */
const PATIENCE = 1_500;

function useLost(): boolean {
  const bridge = useBridge();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = bridge.onLink((link: Link) => {
      clearTimeout(timer);
      if (link === 'open') setLost(false);
      else timer = setTimeout(() => setLost(true), PATIENCE);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [bridge]);
  return lost;
}
