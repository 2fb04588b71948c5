import type { FormEvent, ReactNode } from 'react';
import { CallFailure } from '../../../../shared/contract/errors.ts';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './Security.module.css';

/** The passphrase of now, asked before the key is touched. */
export function Present({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  return (
    <TextField
      label={t('security.key.present')}
      type="password"
      autoComplete="current-password"
      value={value}
      onChange={onChange}
      startFocused
    />
  );
}

/** The boxes of a dialog: Enter does what its main button does. */
export function Form({
  onSubmit,
  error,
  children,
}: {
  readonly onSubmit: () => void;
  readonly error: string | null;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <div role="alert" className={error === null ? undefined : styles['error']}>
        {error}
      </div>
      {/* Without a button of its own a form of several boxes does not take Enter. */}
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  );
}

/** Why something about the key was refused. */
export function keyWords(error: unknown): string {
  if (!(error instanceof CallFailure)) return callWords(error);
  const { kind, retryAfterMs } = error.error;
  if (kind === 'too_soon' && retryAfterMs != null)
    return t('security.unlock.wait', { count: Math.ceil(retryAfterMs / 1000) });
  if (kind === 'weak_passphrase') return t('startup.key.weakPassphrase');
  return callWords(error);
}
