import type { ReactNode } from 'react';
import { Tooltip as AriaTooltip } from 'react-aria-components';
import { Kbd } from './Kbd.tsx';
import styles from './Tooltip.module.css';

export interface TooltipProps {
  readonly children: ReactNode;
  readonly shortcut?: string | undefined;
}

/** Goes inside a React Aria `TooltipTrigger`, after the control. */
export function Tooltip({ children, shortcut }: TooltipProps): ReactNode {
  return (
    <AriaTooltip offset={6} className={styles['tooltip'] ?? ''}>
      {children}
      {shortcut === undefined ? null : <Kbd>{shortcut}</Kbd>}
    </AriaTooltip>
  );
}
