import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import styles from './Switch.module.css';

export interface SwitchProps {
  /** Spoken name: the words beside it. */
  readonly label: string;
  /** Id of the sentence that explains it. */
  readonly describedBy?: string | undefined;
  readonly isSelected: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isSelected: boolean) => void;
}

/** On or off, at once. Its words stand beside it, where the page puts them. */
export function Switch({
  label,
  describedBy,
  isSelected,
  isDisabled = false,
  onChange,
}: SwitchProps): ReactNode {
  return (
    <AriaSwitch
      aria-label={label}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
      isSelected={isSelected}
      isDisabled={isDisabled}
      onChange={onChange}
      className={styles['switch'] ?? ''}
    >
      <span className={styles['knob']} aria-hidden="true" />
    </AriaSwitch>
  );
}
