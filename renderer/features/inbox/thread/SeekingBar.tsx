import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import styles from './SeekingBar.module.css';
import type { Seeking } from './useJumps.ts';

/** The place that somebody asked for is being brought from the gateway. */
export function SeekingBar({ seeking: { messages, cancel } }: { readonly seeking: Seeking }): ReactNode {
  return (
    <div className={styles['place']}>
      <div className={styles['bar']}>
        <Spinner size={14} />
        <span role="status">{t('thread.seeking', { count: messages })}</span>
        <button type="button" className={styles['cancel']} onClick={cancel}>
          {t('app.cancel')}
        </button>
      </div>
    </div>
  );
}
