import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './MenuButton.module.css';

export interface MenuButtonProps {
  /** Spoken name, which must hold the words in sight; without it the contents are the name. */
  readonly label?: string;
  readonly tall?: boolean;
  /** Without a `Menu` around it: what a press does. */
  readonly onPress?: () => void;
  readonly children: ReactNode;
}

/** A quiet button with free contents that opens a `Menu` (its `trigger`). */
export function MenuButton({ label, tall = false, onPress, children }: MenuButtonProps): ReactNode {
  return (
    <AriaButton
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(onPress === undefined ? {} : { onPress })}
      className={cx(styles['button'], tall && styles['tall'])}
    >
      {children}
    </AriaButton>
  );
}
