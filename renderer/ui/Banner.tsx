import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { cx } from './cx.ts';

export interface BannerProps {
  readonly tone: 'neutral' | 'warn' | 'danger';
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** A full-width strip above the content. The words carry the meaning; tone and icon only underline it. */
export function Banner({ tone, icon, children, action }: BannerProps): ReactNode {
  return (
    <div className={cx(styles['banner'], styles[tone])}>
      <span className={styles['icon']} aria-hidden="true">
        {icon}
      </span>
      <div className={styles['text']}>{children}</div>
      {action}
    </div>
  );
}
