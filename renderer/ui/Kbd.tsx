import type { ReactNode } from 'react';
import styles from './Kbd.module.css';

/** A key as printed on the keyboard. */
export function Kbd({ children }: { readonly children: ReactNode }): ReactNode {
  // From left to right everywhere: elsewhere a bracket would be shown as its opposite.
  return (
    <kbd dir="ltr" className={styles['kbd']}>
      {children}
    </kbd>
  );
}
