import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './DangerDialog.module.css';

export interface DangerDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly cancelLabel: string;
  /** Names what will be done. */
  readonly actionLabel: string;
  readonly onAction: () => void;
  readonly isDisabled?: boolean;
  /** It is being done: nothing can be closed or pressed until that ends. */
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}

/** A question before something is lost for good. */
export function DangerDialog({
  title,
  isOpen,
  onClose,
  cancelLabel,
  actionLabel,
  onAction,
  isDisabled = false,
  isBusy = false,
  children,
}: DangerDialogProps): ReactNode {
  return (
    <Dialog
      role="alertdialog"
      title={title}
      isOpen={isOpen}
      onClose={isBusy ? () => undefined : onClose}
      actions={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            {cancelLabel}
          </Button>
          <Button variant="danger" isDisabled={isDisabled} isPending={isBusy} onPress={onAction}>
            {actionLabel}
          </Button>
        </>
      }
    >
      <div className={styles['contents']}>{children}</div>
    </Dialog>
  );
}
