import type { ReactNode } from 'react';
import { Button as AriaButton, TooltipTrigger } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

export interface IconButtonProps extends Omit<
  AriaButtonProps,
  'className' | 'children' | 'style' | 'aria-label'
> {
  /** Spoken name and tooltip. */
  readonly label: string;
  /** A key shown in the tooltip, e.g. "Esc". */
  readonly shortcut?: string;
  readonly variant?: 'plain' | 'primary';
  readonly children: ReactNode;
}

/** A 28 px square button with an icon, a name and a tooltip. Not for rows of a virtual list: too heavy there. */
export function IconButton({
  label,
  shortcut,
  variant = 'plain',
  children,
  ...rest
}: IconButtonProps): ReactNode {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton {...rest} aria-label={label} className={cx(styles['button'], styles[variant])}>
        {children}
      </AriaButton>
      <Tooltip shortcut={shortcut}>{label}</Tooltip>
    </TooltipTrigger>
  );
}
