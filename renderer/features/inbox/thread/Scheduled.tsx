import { CalendarClock, Pencil, Send, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Message } from '../../../../shared/domain/message.ts';
import { fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { draftOf } from '../composer/outgoing.ts';
import { useThreadTools } from './context.ts';
import styles from './Failure.module.css';

/** Under a message that goes later: when, and what can still be done. */
export function Scheduled({ at, message }: { readonly at: number; readonly message: Message }): ReactNode {
  const { sendNow, edit, discard } = useThreadTools();
  return (
    <div className={`${styles['failure'] ?? ''} ${styles['calm'] ?? ''}`}>
      <p className={styles['next']}>
        <CalendarClock size={12} aria-hidden="true" /> {t('thread.scheduled.at', { time: fullTime(at) })}
      </p>
      <div className={styles['actions']}>
        <button type="button" className={styles['button']} onClick={() => sendNow(message)}>
          <Send size={12} aria-hidden="true" />
          {t('thread.scheduled.now')}
        </button>
        {draftOf(message.content) === null ? null : (
          <button type="button" className={styles['button']} onClick={() => edit(message)}>
            <Pencil size={12} aria-hidden="true" />
            {t('thread.scheduled.edit')}
          </button>
        )}
        <button type="button" className={styles['button']} onClick={() => discard(message.id)}>
          <X size={12} aria-hidden="true" />
          {t('thread.scheduled.cancel')}
        </button>
      </div>
    </div>
  );
}
