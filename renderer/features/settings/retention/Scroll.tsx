import type { ReactNode } from 'react';
import styles from './Retention.module.css';

/** Can be scrolled from the keyboard where the table is wider than the window. */
const FOCUSABLE = { tabIndex: 0 };

/** A table that may be wider than its column. */
export function Scroll({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={styles['scroll']} role="group" aria-label={label} {...FOCUSABLE}>
      {children}
    </div>
  );
}
