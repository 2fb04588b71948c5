import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import styles from './Checkbox.module.css';

export interface CheckboxProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children: ReactNode;
}

/** A tick box with its sentence. */
export function Checkbox({ isSelected, onChange, children }: CheckboxProps): ReactNode {
  return (
    <AriaCheckbox isSelected={isSelected} onChange={onChange} className={styles['checkbox'] ?? ''}>
      <span className={styles['box']} aria-hidden="true">
        {isSelected ? <Check size={12} strokeWidth={3} /> : null}
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  );
}
