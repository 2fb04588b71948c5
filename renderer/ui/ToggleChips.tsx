import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import styles from './ToggleChips.module.css';

export interface Chip {
  readonly value: string;
  readonly label: string;
  /** Spoken instead of a short label. */
  readonly name?: string;
}

export interface ToggleChipsProps {
  readonly label: string;
  readonly chips: ReadonlyArray<Chip>;
  readonly selected: ReadonlyArray<string>;
  readonly onChange: (selected: ReadonlyArray<string>) => void;
}

/** Any number of a few, side by side: days of the week. */
export function ToggleChips({ label, chips, selected, onChange }: ToggleChipsProps): ReactNode {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="multiple"
      selectedKeys={selected}
      onSelectionChange={(keys) => onChange([...keys].map(String))}
      className={styles['chips'] ?? ''}
    >
      {chips.map((chip) => (
        <ToggleButton
          key={chip.value}
          id={chip.value}
          {...(chip.name === undefined ? {} : { 'aria-label': chip.name })}
          className={styles['chip'] ?? ''}
        >
          {chip.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
