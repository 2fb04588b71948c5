import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './TextField.module.css';

export interface DateTimeFieldProps {
  readonly label: string;
  /** Local time as `YYYY-MM-DDTHH:MM`; empty for none. */
  readonly value: string;
  readonly min?: string;
  readonly error?: string | undefined;
  readonly description?: string | undefined;
  readonly onChange: (value: string) => void;
}

/** Day and time, by the platform's own picker. */
export function DateTimeField({
  label,
  value,
  min,
  error,
  description,
  onChange,
}: DateTimeFieldProps): ReactNode {
  const id = useId();
  const help = useId();
  const words = error ?? description;
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <input
        id={id}
        type="datetime-local"
        className={styles['input']}
        value={value}
        min={min}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={words === undefined ? undefined : help}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {words === undefined ? null : (
        <span id={help} className={error === undefined ? styles['description'] : styles['error']}>
          {words}
        </span>
      )}
    </div>
  );
}
