import type { ReactNode } from 'react';
import { memo } from 'react';
import { dayName } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import styles from './Separators.module.css';

/** The line between two days. */
export const DayRow = memo(function DayRow({
  at,
  now,
}: {
  readonly at: number;
  readonly now: number;
}): ReactNode {
  return (
    <div className={styles['day']}>
      <span>{dayName(at, now)}</span>
    </div>
  );
});

/** The line above what has not been read. */
export const UnreadRow = memo(function UnreadRow({ count }: { readonly count: number }): ReactNode {
  return (
    <div className={styles['unread']}>
      <span>{t('inbox.thread.unread', { count })}</span>
    </div>
  );
});
