import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { AuthErrorKind } from '../../../shared/protocol/errors.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { callWords } from '../../lib/callWords.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Card, CardError, CardText } from './Card.tsx';
import { LostLink } from './LostLink.tsx';
import styles from './Card.module.css';
import { signInProblem } from './signInProblem.ts';
import { useAction } from './useAction.ts';

export interface SignInScreenProps {
  readonly gateway: string | null;
  readonly prefill: { readonly gateway: string; readonly email: string; readonly password: string } | null;
  /** Why one is here again; null on a first sign-in. */
  readonly reason: AuthErrorKind | null;
  readonly unsent: number | null;
  /** Leads to the backups after the sign-in; left out where that is of no use. */
  readonly onRestore?: () => void;
}

/** Gateway, e-mail, password, and the code when the gateway asks for it. */
export function SignInScreen({ gateway, prefill, reason, unsent, onRestore }: SignInScreenProps): ReactNode {
  const bridge = useBridge();
  const [form, setForm] = useState({
    gateway: prefill?.gateway ?? gateway ?? '',
    email: prefill?.email ?? '',
    password: prefill?.password ?? '',
    totp: '',
  });
  const [asksCode, setAsksCode] = useState(false);
  const [restores, setRestores] = useState(false);
  const [problem, setProblem] = useState<ReturnType<typeof signInProblem>>(null);
  const action = useAction(signInWords);
  const set = (field: keyof typeof form) => (value: string) => {
    setForm((now) => ({ ...now, [field]: value }));
    setProblem(null);
    action.clear();
  };
  const wrong = (field: 'gateway' | 'email' | 'password'): string | undefined =>
    problem?.field === field ? t(`startup.signIn.${problem.kind}`) : undefined;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = signInProblem(form);
    setProblem(found);
    if (found !== null) return;
    action.run(() =>
      bridge
        .call('session.signIn', {
          gateway: form.gateway.trim(),
          email: form.email.trim(),
          password: form.password,
          totp: asksCode && form.totp.trim() !== '' ? form.totp.replace(/\s/gu, '') : null,
        })
        .catch((error: unknown) => {
          const auth = error instanceof CallFailure ? error.error.auth : null;
          if (auth === 'totp_required' || auth === 'invalid_totp') setAsksCode(true);
          throw error;
        }),
    );
  };
  const notice = action.error ?? (reason === null ? null : t(`startup.signIn.error.${reason}`));

  return (
    <Card title={t('startup.signIn.title')}>
      <form className={styles['form']} onSubmit={submit} noValidate>
        {prefill !== null && prefill.password !== '' ? <CardText>{t('startup.signIn.demo')}</CardText> : null}
        {unsent === null || unsent === 0 ? null : (
          <CardText>{t('startup.signIn.unsent', { count: unsent })}</CardText>
        )}
        <TextField
          label={t('startup.signIn.gateway')}
          type="url"
          inputMode="url"
          autoComplete="url"
          placeholder="https://"
          value={form.gateway}
          onChange={set('gateway')}
          error={wrong('gateway')}
          startFocused={form.gateway === ''}
        />
        <TextField
          label={t('startup.signIn.email')}
          type="email"
          autoComplete="username"
          value={form.email}
          onChange={set('email')}
          error={wrong('email')}
          startFocused={form.gateway !== '' && form.email === ''}
        />
        <TextField
          label={t('startup.signIn.password')}
          type="password"
          autoComplete="current-password"
          value={form.password}
          onChange={set('password')}
          error={wrong('password')}
          startFocused={form.gateway !== '' && form.email !== '' && form.password === ''}
        />
        {asksCode ? (
          <TextField
            label={t('startup.signIn.totp')}
            description={t('startup.signIn.totpHint')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            mono
            value={form.totp}
            onChange={set('totp')}
            startFocused
          />
        ) : null}
        <CardError>{notice}</CardError>
        <Button type="submit" variant="primary" size="large" wide isPending={action.busy}>
          {t('startup.signIn.signIn')}
        </Button>
        {onRestore === undefined ? null : restores ? (
          <p role="status" className={styles['note']}>
            {t('backup.offer.signInNote')}
          </p>
        ) : (
          <Button
            variant="ghost"
            wide
            onPress={() => {
              setRestores(true);
              onRestore();
            }}
          >
            {t('backup.offer.signIn')}
          </Button>
        )}
      </form>
      <LostLink />
    </Card>
  );
}

function signInWords(error: unknown): string {
  if (!(error instanceof CallFailure)) return t('startup.signIn.error.other');
  const { kind, auth } = error.error;
  if (auth != null) return t(`startup.signIn.error.${auth}`);
  if (kind === 'offline') return t('startup.signIn.error.offline');
  if (kind === 'invalid_input') return t('startup.signIn.badGateway');
  return callWords(error);
}
