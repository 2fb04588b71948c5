import type { ReactNode } from 'react';
import { Dialog as AriaDialog, DialogTrigger, Popover as AriaPopover } from 'react-aria-components';
import styles from './Popover.module.css';

export interface PopoverProps {
  readonly label: string;
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
  readonly children: (close: () => void) => ReactNode;
}

/** A small pane beside its button, with anything in it. Escape and a click outside close it. */
export function Popover({
  label,
  trigger,
  isOpen,
  onOpenChange,
  placement = 'top start',
  children,
}: PopoverProps): ReactNode {
  return (
    <DialogTrigger
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      {trigger}
      <AriaPopover placement={placement} offset={6} className={styles['popover'] ?? ''}>
        <AriaDialog aria-label={label} className={styles['body'] ?? ''}>
          {({ close }) => children(close)}
        </AriaDialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
