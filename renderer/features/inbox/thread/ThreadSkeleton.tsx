import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import styles from './Thread.module.css';

const WIDTHS = [220, 320, 160, 280, 240];

/** Only for a conversation that really has to be fetched: what is cached is there before this shows. */
export function ThreadSkeleton(): ReactNode {
  return (
    <div className={styles['skeleton']} aria-busy="true">
      <VisuallyHidden>{t('app.loading')}</VisuallyHidden>
      {WIDTHS.map((width) => (
        <Skeleton key={width} width={width} height={36} />
      ))}
    </div>
  );
}
