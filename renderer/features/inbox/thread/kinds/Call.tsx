import { Phone, PhoneMissed, PhoneOff, Video } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MessageContent } from '../../../../../shared/domain/message-content.ts';
import { playTime } from '../../../../i18n/format.ts';
import { t } from '../../../../i18n/t.ts';
import styles from './kinds.module.css';

type CallContent = Extract<MessageContent, { kind: 'call' }>;

export function Call({ content }: { readonly content: CallContent }): ReactNode {
  const lost = content.state === 'missed' || content.state === 'rejected' || content.state === 'failed';
  return (
    <div className={styles['row']}>
      <span className={styles['tile']} aria-hidden="true">
        {content.state === 'missed' ? (
          <PhoneMissed size={18} />
        ) : lost ? (
          <PhoneOff size={18} />
        ) : content.video ? (
          <Video size={18} />
        ) : (
          <Phone size={18} />
        )}
      </span>
      <span className={styles['words']}>
        <span className={styles['title']}>
          {content.video ? t('message.call.video') : t('message.call.voice')}
        </span>
        <span className={styles['small']}>
          {t(`message.call.${content.state}`)}
          {content.durationMs === null ? null : ` · ${playTime(content.durationMs / 1000)}`}
        </span>
      </span>
    </div>
  );
}
