import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { Dialog as AriaDialog, Menu as AriaMenu, Popover } from 'react-aria-components';
import menu from './Menu.module.css';
import pane from './Popover.module.css';

interface AnchoredProps {
  readonly label: string;
  /** What it hangs on: any element, so that a row needs no component of its own. */
  readonly anchor: Element;
  readonly onClose: () => void;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
  readonly children: ReactNode;
}

/** A menu beside an element that is not its button. Exists only while it is open. */
export function AnchoredMenu(props: AnchoredProps): ReactNode {
  return (
    <Anchored {...props} className={menu['popover']}>
      <AriaMenu
        aria-label={props.label}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- a menu takes the focus when it is opened
        autoFocus="first"
        onClose={props.onClose}
        className={menu['menu'] ?? ''}
      >
        {props.children}
      </AriaMenu>
    </Anchored>
  );
}

/** A small pane beside an element that is not its button. Exists only while it is open. */
export function AnchoredPane(props: AnchoredProps): ReactNode {
  return (
    <Anchored {...props} className={pane['popover']}>
      <AriaDialog aria-label={props.label} className={pane['body'] ?? ''}>
        {props.children}
      </AriaDialog>
    </Anchored>
  );
}

interface FrameProps extends AnchoredProps {
  readonly className: string | undefined;
}

function Anchored({
  anchor,
  onClose,
  placement = 'bottom start',
  className,
  children,
}: FrameProps): ReactNode {
  const triggerRef = useMemo(() => ({ current: anchor }), [anchor]);
  return (
    <Popover
      isOpen
      triggerRef={triggerRef}
      placement={placement}
      offset={4}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={className ?? ''}
    >
      {children}
    </Popover>
  );
}
