import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  readonly icon: ReactNode;
  /** One sentence. */
  readonly text: string;
  /** One action. */
  readonly action?: ReactNode;
}

/** What a pane shows when it has nothing: an icon, one sentence, one action. */
export function EmptyState({ icon, text, action }: EmptyStateProps): ReactNode {
  return (
    <div className={styles['empty']}>
      <span className={styles['icon']} aria-hidden="true">
        {icon}
      </span>
      <p className={styles['text']}>{text}</p>
      {action}
    </div>
  );
}
