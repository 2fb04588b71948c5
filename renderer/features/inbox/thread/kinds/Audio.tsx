import { Music } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MediaRef } from '../../../../../shared/domain/message-content.ts';
import { t } from '../../../../i18n/t.ts';
import styles from './kinds.module.css';
import { Player } from './Player.tsx';

export function Audio({ media }: { readonly media: MediaRef }): ReactNode {
  return (
    <div className={styles['stack']}>
      <span className={styles['label']}>
        <Music size={14} aria-hidden="true" />
        <span className={styles['oneLine']}>{media.fileName ?? t('message.media.audio')}</span>
      </span>
      <Player media={media} label={media.fileName ?? t('message.media.audio')} />
    </div>
  );
}
