import { RotateCw, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { useThreadTools } from './context.ts';
import styles from './Failure.module.css';
import type { Shown } from './status.ts';
import { failureWords, heldWords } from './statusWords.ts';

export interface FailureProps {
  readonly shown: Extract<Shown, { kind: 'failed' | 'held' }>;
  readonly messageId: string;
}

/** Under a message that did not get through: what happened, the provider's code, what to do next, and Retry. */
export function Failure({ shown, messageId }: FailureProps): ReactNode {
  const { retry, discard } = useThreadTools();
  const retrying = shown.kind === 'failed' && shown.retrying;
  return (
    <div className={styles['failure']}>
      {shown.kind === 'held' ? <p>{heldWords(shown.reason)}</p> : <Reason error={shown.error} />}
      <div className={styles['actions']}>
        {retrying ? (
          <span>{t('message.status.sending')}</span>
        ) : (
          <button type="button" className={styles['button']} onClick={() => retry(messageId)}>
            <RotateCw size={12} aria-hidden="true" />
            {t('message.failure.retry')}
          </button>
        )}
        {shown.kind === 'held' ? (
          <button type="button" className={styles['button']} onClick={() => discard(messageId)}>
            <Trash2 size={12} aria-hidden="true" />
            {t('inbox.held.discard')}
          </button>
        ) : null}
      </div>
    </div>
  );
}

function Reason({ error }: { readonly error: Extract<Shown, { kind: 'failed' }>['error'] }): ReactNode {
  const words = failureWords(error?.kind ?? 'unknown');
  const theirs = [error?.title, error?.details].filter((part) => part != null && part !== '').join(': ');
  return (
    <>
      <p>{words.what}</p>
      <p className={styles['next']}>{words.next}</p>
      {error === null || (error.code === null && theirs === '') ? null : (
        <p className={styles['code']}>
          {[
            error.code === null ? null : t('message.failure.code', { code: error.code }),
            theirs === '' ? null : theirs,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
      )}
    </>
  );
}
