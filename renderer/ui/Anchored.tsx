import type { ReactNode, RefObject } from 'react';
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
export function AnchoredMenu({
  label,
  anchor,
  onClose,
  placement = 'bottom start',
  children,
}: AnchoredProps): ReactNode {
  const triggerRef = useAnchor(anchor);
  return (
    <Popover
      isOpen
      triggerRef={triggerRef}
      placement={placement}
      offset={4}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={menu['popover'] ?? ''}
    >
      <AriaMenu
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- a menu takes the focus when it is opened
        autoFocus="first"
        onClose={onClose}
        className={menu['menu'] ?? ''}
      >
        {children}
      </AriaMenu>
    </Popover>
  );
}

/** A small pane beside an element that is not its button. Exists only while it is open. */
export function AnchoredPane({
  label,
  anchor,
  onClose,
  placement = 'bottom start',
  children,
}: AnchoredProps): ReactNode {
  const triggerRef = useAnchor(anchor);
  return (
    <Popover
      isOpen
      triggerRef={triggerRef}
      placement={placement}
      offset={4}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={pane['popover'] ?? ''}
    >
      <AriaDialog aria-label={label} className={pane['body'] ?? ''}>
        {children}
      </AriaDialog>
    </Popover>
  );
}

function useAnchor(anchor: Element): RefObject<Element | null> {
  return useMemo(() => ({ current: anchor }), [anchor]);
}
