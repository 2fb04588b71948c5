import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import type { KeyMode } from '../../../shared/contract/state.ts';
import { parseRecoveryKey, recoveryTypo } from '../../../shared/domain/recovery-key.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { typoWords } from '../../lib/recoveryWords.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Card, CardError, CardText, CardWarning } from './Card.tsx';
import styles from './Card.module.css';
import { passphraseProblem } from './passphrase.ts';
import { useAction } from './useAction.ts';

/** The way back in with the printed key: a typo is named by its group, and the key is kept in a new way from then on. */
export function RecoveryScreen({ onBack }: { readonly onBack: () => void }): ReactNode {
  const bridge = useBridge();
  const [typed, setTyped] = useState('');
  const [mode, setMode] = useState<KeyMode>('passphrase');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [tried, setTried] = useState(false);
  const action = useAction();
  const standing = useQuery({ queryKey: ['key.standing'], queryFn: () => bridge.call('key.standing', {}) });
  const options = standing.data?.options ?? [];
  const weak = mode === 'file' || options.find((option) => option.mode === mode)?.weak === true;
  const parsed = parseRecoveryKey(typed);
  // While it is typed only what is wrong already is said, afterwards also what is missing.
  const typo = tried && 'typo' in parsed ? parsed.typo : recoveryTypo(typed);
  const problem = mode === 'passphrase' && tried ? passphraseProblem(first, second) : null;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if ('typo' in parsed) return;
    if (mode === 'passphrase' && passphraseProblem(first, second) !== null) return;
    action.run(() =>
      bridge.call('key.recover', {
        recoveryKey: typed,
        mode,
        passphrase: mode === 'passphrase' ? first : null,
        acceptWeak: weak,
      }),
    );
  };

  return (
    <Card icon={<KeyRound size={18} />} title={t('security.recovery.use')}>
      <CardText>{t('security.recovery.useText')}</CardText>
      <form className={styles['form']} onSubmit={submit} noValidate>
        <TextField
          label={t('security.recovery.key')}
          description={t('security.recovery.keyHint')}
          mono
          autoComplete="off"
          spellCheck="false"
          value={typed}
          onChange={(next) => {
            setTyped(next);
            action.clear();
          }}
          error={typo === null ? undefined : typoWords(typo)}
          startFocused
        />
        <SelectField
          label={t('security.recovery.keepBy')}
          value={mode}
          options={(options.length === 0 ? (['passphrase'] as const) : options.map((each) => each.mode)).map(
            (value) => ({ value, label: t(`startup.key.${value}.title`) }),
          )}
          onChange={(value) => setMode(options.find((each) => each.mode === value)?.mode ?? 'passphrase')}
        />
        {mode === 'passphrase' ? (
          <>
            <TextField
              label={t('startup.key.newPassphrase')}
              type="password"
              autoComplete="new-password"
              description={t('startup.key.rule')}
              value={first}
              onChange={setFirst}
              error={problem?.field === 'first' ? t('startup.key.tooShort') : undefined}
            />
            <TextField
              label={t('startup.key.repeat')}
              type="password"
              autoComplete="new-password"
              value={second}
              onChange={setSecond}
              error={problem?.field === 'second' ? t('startup.key.different') : undefined}
            />
          </>
        ) : null}
        {weak ? (
          <CardWarning title={t('startup.key.file.warningTitle')}>
            {t('startup.key.file.warning')}
          </CardWarning>
        ) : null}
        <CardError>{action.error}</CardError>
        <Button type="submit" variant="primary" size="large" wide isPending={action.busy}>
          {t('security.recovery.open')}
        </Button>
        <Button wide onPress={onBack}>
          {t('security.recovery.back')}
        </Button>
      </form>
    </Card>
  );
}
