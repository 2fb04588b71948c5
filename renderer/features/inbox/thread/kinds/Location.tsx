import { MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MessageContent } from '../../../../../shared/domain/message-content.ts';
import { t } from '../../../../i18n/t.ts';
import { cx } from '../../../../ui/cx.ts';
import styles from './kinds.module.css';

type LocationContent = Extract<MessageContent, { kind: 'location' }>;

/** A place in words. No map: fetching one would tell a map server where the customer is. */
export function Location({ content }: { readonly content: LocationContent }): ReactNode {
  return (
    <div className={cx(styles['row'], styles['wide'])}>
      <span className={styles['tile']} aria-hidden="true">
        <MapPin size={18} />
      </span>
      <span className={styles['words']}>
        <span className={styles['title']} dir="auto">
          {content.name ?? t('message.location.shared')}
        </span>
        {content.address === null ? null : (
          <span className={styles['small']} dir="auto">
            {content.address}
          </span>
        )}
        <span className={styles['small']}>
          {t('message.location.coordinates', {
            latitude: content.latitude.toFixed(5),
            longitude: content.longitude.toFixed(5),
          })}
        </span>
      </span>
    </div>
  );
}
