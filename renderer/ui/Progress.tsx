import type { ReactNode } from 'react';
import styles from './Progress.module.css';

export interface ProgressProps {
  /** Spoken name, e.g. "First sync". */
  readonly label: string;
  /** 0 to 1, or null while the end is not known. */
  readonly value: number | null;
}

/** A thin bar. */
export function Progress({ label, value }: ProgressProps): ReactNode {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={styles['track']}
    >
      <div
        className={percent === undefined ? styles['unknown'] : styles['bar']}
        style={percent === undefined ? undefined : { inlineSize: `${String(percent)}%` }}
      />
    </div>
  );
}
