import { FileKey2, KeyRound, Laptop, ShieldCheck } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { AppState, KeyMode } from '../../../shared/contract/state.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { callWords } from '../../lib/callWords.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import type { RadioCard } from '../../ui/RadioCards.tsx';
import { RadioCards } from '../../ui/RadioCards.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Card, CardError, CardText, CardWarning } from './Card.tsx';
import styles from './Card.module.css';
import { passphraseProblem } from './passphrase.ts';
import { useAction } from './useAction.ts';

type Options = Extract<AppState, { phase: 'key_choice' }>['options'];

/** The one question of the first start: where the key to the messages is kept. */
export function KeyChoiceScreen({ options }: { readonly options: Options }): ReactNode {
  const bridge = useBridge();
  // The best is chosen beforehand, the unprotected never.
  const best = options.find((option) => !option.weak && option.mode !== 'file')?.mode ?? null;
  const [mode, setMode] = useState<KeyMode | null>(best);
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [accepted, setAccepted] = useState(false);
  const [problem, setProblem] = useState<{ field: 'first' | 'second'; text: string } | null>(null);
  const action = useAction(keyWords);
  const chosen = options.find((option) => option.mode === mode);
  const needsConsent = mode === 'file' || chosen?.weak === true;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (mode === null || (needsConsent && !accepted)) return;
    const found = mode === 'passphrase' ? passphraseProblem(first, second) : null;
    setProblem(found === null ? null : { field: found.field, text: t(`startup.key.${found.kind}`) });
    if (found !== null) return;
    action.run(() => bridge.call('key.create', { mode, passphrase: mode === 'passphrase' ? first : null }));
  };

  return (
    <Card icon={<ShieldCheck size={18} />} title={t('startup.key.title')}>
      <CardText>{t('startup.key.text')}</CardText>
      <form className={styles['form']} onSubmit={submit} noValidate>
        <RadioCards
          label={t('startup.key.choice')}
          value={mode}
          cards={options.map((option) => cardOf(option, option.mode === best))}
          onChange={(next) => {
            setMode(next);
            setAccepted(false);
            setProblem(null);
            action.clear();
          }}
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
              error={problem?.field === 'first' ? problem.text : undefined}
              startFocused
            />
            <TextField
              label={t('startup.key.repeat')}
              type="password"
              autoComplete="new-password"
              value={second}
              onChange={setSecond}
              error={problem?.field === 'second' ? problem.text : undefined}
            />
          </>
        ) : null}
        {needsConsent ? (
          <>
            <CardWarning title={t('startup.key.file.warningTitle')}>
              {t('startup.key.file.warning')}
            </CardWarning>
            <Checkbox isSelected={accepted} onChange={setAccepted}>
              {t('startup.key.file.accept')}
            </Checkbox>
          </>
        ) : null}
        <CardError>{action.error}</CardError>
        <Button
          type="submit"
          variant="primary"
          size="large"
          wide
          isDisabled={mode === null || (needsConsent && !accepted)}
          isPending={action.busy}
        >
          {t('startup.key.continue')}
        </Button>
      </form>
    </Card>
  );
}

function cardOf(option: Options[number], recommended: boolean): RadioCard<KeyMode> {
  const tag = recommended ? t('startup.key.recommended') : undefined;
  const backend = option.backend;
  switch (option.mode) {
    case 'keychain':
      return {
        value: 'keychain',
        title: t('startup.key.keychain.title'),
        text:
          backend === null
            ? t('startup.key.keychain.textPlain')
            : option.weak
              ? t('startup.key.keychain.weak', { backend })
              : t('startup.key.keychain.text', { backend }),
        icon: <Laptop size={16} />,
        tag,
      };
    case 'passphrase':
      return {
        value: 'passphrase',
        title: t('startup.key.passphrase.title'),
        text: t('startup.key.passphrase.text'),
        icon: <KeyRound size={16} />,
        tag,
      };
    case 'file':
      return {
        value: 'file',
        title: t('startup.key.file.title'),
        text: t('startup.key.file.text'),
        icon: <FileKey2 size={16} />,
      };
  }
}

function keyWords(error: unknown): string {
  if (error instanceof CallFailure && error.error.kind === 'weak_passphrase')
    return t('startup.key.weakPassphrase');
  if (error instanceof CallFailure && error.error.kind === 'key_unavailable')
    return t('startup.key.unavailable');
  return callWords(error);
}
