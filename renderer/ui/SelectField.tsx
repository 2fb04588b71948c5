import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './SelectField.module.css';
import { VisuallyHidden } from './VisuallyHidden.tsx';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

export interface SelectFieldProps {
  readonly label: string;
  /** The label is spoken only: what is chosen says enough. */
  readonly quiet?: boolean;
  readonly name?: string;
  readonly value: string;
  readonly options: ReadonlyArray<SelectOption>;
  /** Titled options after the plain ones. */
  readonly groups?: ReadonlyArray<{ readonly title: string; readonly options: ReadonlyArray<SelectOption> }>;
  readonly isDisabled?: boolean;
  readonly onChange: (value: string) => void;
}

/** One of several. The platform's own list: it works in every window and with every reader. */
export function SelectField({
  label,
  quiet = false,
  name,
  value,
  options,
  groups = [],
  isDisabled = false,
  onChange,
}: SelectFieldProps): ReactNode {
  const id = useId();
  const words = (
    <label htmlFor={id} className={styles['label']}>
      {label}
    </label>
  );
  return (
    <div className={styles['field']}>
      {quiet ? <VisuallyHidden>{words}</VisuallyHidden> : words}
      <span className={styles['box']} data-small={quiet || undefined}>
        <select
          id={id}
          name={name}
          className={styles['select']}
          value={value}
          disabled={isDisabled}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
          {groups.map((group) =>
            group.options.length === 0 ? null : (
              <optgroup key={group.title} label={group.title}>
                {group.options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </optgroup>
            ),
          )}
        </select>
        <ChevronDown size={14} aria-hidden="true" className={styles['arrow']} />
      </span>
    </div>
  );
}
