import { ImageOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../../i18n/t.ts';
import { Spinner } from '../../../../ui/Spinner.tsx';
import styles from './kinds.module.css';

export interface MediaStateProps {
  readonly state: 'idle' | 'loading' | 'failed';
  readonly again: () => void;
  readonly icon: ReactNode;
}

/** What a media box shows until there is something to see. */
export function MediaState({ state, again, icon }: MediaStateProps): ReactNode {
  if (state === 'failed') {
    return (
      <span className={styles['placeholder']}>
        <ImageOff size={20} aria-hidden="true" />
        <span>{t('message.media.failed')}</span>
        <button type="button" className={styles['plainButton']} onClick={again}>
          {t('message.media.retry')}
        </button>
      </span>
    );
  }
  return (
    <span className={styles['placeholder']} aria-hidden="true">
      {state === 'loading' ? <Spinner size={20} /> : icon}
    </span>
  );
}
