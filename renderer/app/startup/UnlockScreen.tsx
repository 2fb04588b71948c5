import { Lock } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { AppState } from '../../../shared/contract/state.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { callWords } from '../../lib/callWords.ts';
import { useLostOnQuit } from '../../lib/queries/hooks.ts';
import { useNow } from '../../lib/useNow.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Card, CardError, CardText } from './Card.tsx';
import styles from './Card.module.css';
import { LostLink } from './LostLink.tsx';
import { RecoveryScreen } from './RecoveryScreen.tsx';
import { useAction } from './useAction.ts';

/** The lock: at every start with a passphrase, and whenever it was locked. A wrong passphrase is said at the box, which keeps the focus. */
export function UnlockScreen({
  state,
}: {
  readonly state: Extract<AppState, { phase: 'locked' }>;
}): ReactNode {
  const bridge = useBridge();
  const [passphrase, setPassphrase] = useState('');
  const [recovering, setRecovering] = useState(false);
  const now = useNow(state.waitUntil === null ? null : 500);
  const action = useAction(unlockWords);
  const asks = state.mode === 'passphrase';
  const lost = useLostOnQuit();
  const seconds = state.waitUntil === null ? 0 : Math.max(0, Math.ceil((state.waitUntil - now) / 1000));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if ((asks && passphrase === '') || seconds > 0) return;
    action.run(() => bridge.call('key.unlock', { passphrase: asks ? passphrase : null }));
  };
  if (recovering) return <RecoveryScreen onBack={() => setRecovering(false)} />;
  return (
    <Card icon={<Lock size={18} />} title={t('startup.unlock.title')}>
      <CardText>{t(asks ? 'startup.unlock.text' : 'security.unlock.text')}</CardText>
      {state.unread === null ? null : (
        <CardText>{t('security.unlock.unread', { count: state.unread })}</CardText>
      )}
      {lost === 0 ? null : <CardText>{t('security.unlock.lost', { count: lost })}</CardText>}
      <form className={styles['form']} onSubmit={submit} noValidate>
        {asks ? (
          <TextField
            label={t('startup.unlock.passphrase')}
            type="password"
            autoComplete="current-password"
            value={passphrase}
            onChange={(next) => {
              setPassphrase(next);
              action.clear();
            }}
            error={action.error ?? undefined}
            startFocused
          />
        ) : (
          <CardError>{action.error}</CardError>
        )}
        {/* Counted down for the eye; a screen reader hears it once, with the error. */}
        {seconds > 0 ? (
          <p className={styles['text']} role="timer">
            {t('security.unlock.wait', { count: seconds })}
          </p>
        ) : null}
        <Button
          type="submit"
          variant="primary"
          size="large"
          wide
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing to do on this screen
          autoFocus={!asks}
          isDisabled={(asks && passphrase === '') || seconds > 0}
          isPending={action.busy}
        >
          {t('startup.unlock.unlock')}
        </Button>
      </form>
      {state.recovery ? (
        <Button variant="ghost" wide onPress={() => setRecovering(true)}>
          {t('security.recovery.use')}
        </Button>
      ) : null}
      <LostLink />
    </Card>
  );
}

function unlockWords(error: unknown): string {
  if (error instanceof CallFailure && error.error.kind === 'wrong_passphrase')
    return t('startup.unlock.wrong');
  return callWords(error);
}
