import { Pencil, RotateCw, Send, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Message } from '../../../../shared/domain/message.ts';
import { t } from '../../../i18n/t.ts';
import { draftOf } from '../composer/outgoing.ts';
import { useThreadTools } from './context.ts';
import styles from './Failure.module.css';
import type { Shown } from './status.ts';
import { failureWords, heldWords } from './statusWords.ts';

export interface FailureProps {
  readonly shown: Extract<Shown, { kind: 'failed' | 'held' }>;
  readonly message: Message;
}

/** Under a message that did not get through: what happened, the provider's code, what to do next, and the choices. */
export function Failure({ shown, message }: FailureProps): ReactNode {
  const { retry, discard, edit } = useThreadTools();
  // Only these two are a matter of judgement; whatever else holds a message has to change first.
  const anyway = shown.kind === 'held' && (shown.reason === 'unseen' || shown.reason === 'reassigned');
  const retrying = shown.kind === 'failed' && shown.retrying;
  return (
    <div className={styles['failure']}>
      {shown.kind === 'held' ? <p>{heldWords(shown.reason)}</p> : <Reason error={shown.error} />}
      <div className={styles['actions']}>
        {retrying ? (
          <span>{t('message.status.sending')}</span>
        ) : (
          <button type="button" className={styles['button']} onClick={() => retry(message.id, anyway)}>
            {anyway ? <Send size={12} aria-hidden="true" /> : <RotateCw size={12} aria-hidden="true" />}
            {anyway ? t('thread.held.anyway') : t('message.failure.retry')}
          </button>
        )}
        {shown.kind === 'held' && draftOf(message.content) !== null ? (
          <button type="button" className={styles['button']} onClick={() => edit(message)}>
            <Pencil size={12} aria-hidden="true" />
            {t('thread.held.edit')}
          </button>
        ) : null}
        {shown.kind === 'held' ? (
          <button type="button" className={styles['button']} onClick={() => discard(message.id)}>
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
