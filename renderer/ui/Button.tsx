import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './Button.module.css';
import { cx } from './cx.ts';
import { Spinner } from './Spinner.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style' | 'isPending'> {
  readonly variant?: ButtonVariant;
  readonly size?: 'small' | 'medium' | 'large';
  readonly wide?: boolean;
  /** Shows a spinner; whoever handles the press ignores it meanwhile. React Aria's own would announce a progress bar that is not there. */
  readonly isPending?: boolean;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** The one button with words. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  wide = false,
  isPending = false,
  icon,
  children,
  ...rest
}: ButtonProps): ReactNode {
  return (
    <AriaButton
      {...rest}
      className={cx(styles['button'], styles[variant], styles[size], wide && styles['wide'])}
    >
      {isPending ? <Spinner /> : icon}
      <span className={styles['label']}>{children}</span>
    </AriaButton>
  );
}
