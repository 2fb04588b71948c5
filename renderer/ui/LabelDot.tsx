import type { ReactNode } from 'react';
import styles from './LabelDot.module.css';

/** The colour of a label, a name of the palette; its name stands beside it. */
export function LabelDot({ colour }: { readonly colour: string }): ReactNode {
  return <span className={styles['dot']} data-colour={colour} aria-hidden="true" />;
}
