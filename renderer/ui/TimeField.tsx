import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './TextField.module.css';

export interface TimeFieldProps {
  readonly label: string;
  /** `HH:MM`, 24 hours. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A time of day, by the platform's own picker. Emptying it changes nothing. */
export function TimeField({ label, value, onChange }: TimeFieldProps): ReactNode {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <input
        id={id}
        type="time"
        required
        className={styles['input']}
        value={value}
        onChange={(event) => {
          if (event.currentTarget.value !== '') onChange(event.currentTarget.value);
        }}
      />
    </div>
  );
}
