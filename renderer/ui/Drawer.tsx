import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import styles from './Drawer.module.css';

export interface DrawerProps {
  readonly label: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** A pane that slides over the window from its start: what has no room of its own in a narrow window. */
export function Drawer({ label, isOpen, onOpenChange, children }: DrawerProps): ReactNode {
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={onOpenChange} isDismissable className={styles['scrim'] ?? ''}>
      <Modal className={styles['drawer'] ?? ''}>
        <AriaDialog aria-label={label} className={styles['body'] ?? ''}>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
