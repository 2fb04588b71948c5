import { Lock } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { CallFailure } from '../../../shared/contract/errors.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { callWords } from '../../lib/callWords.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Card, CardText } from './Card.tsx';
import styles from './Card.module.css';
import { useAction } from './useAction.ts';

/** The passphrase of every start. A wrong one is said at the box, and the box keeps the focus. */
export function UnlockScreen(): ReactNode {
  const bridge = useBridge();
  const [passphrase, setPassphrase] = useState('');
  const action = useAction(unlockWords);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (passphrase === '') return;
    action.run(() => bridge.call('key.unlock', { passphrase }));
  };
  return (
    <Card icon={<Lock size={18} />} title={t('startup.unlock.title')}>
      <CardText>{t('startup.unlock.text')}</CardText>
      <form className={styles['form']} onSubmit={submit} noValidate>
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
        <Button
          type="submit"
          variant="primary"
          size="large"
          wide
          isDisabled={passphrase === ''}
          isPending={action.busy}
        >
          {t('startup.unlock.unlock')}
        </Button>
      </form>
    </Card>
  );
}

function unlockWords(error: unknown): string {
  if (error instanceof CallFailure && error.error.kind === 'wrong_passphrase')
    return t('startup.unlock.wrong');
  return callWords(error);
}
