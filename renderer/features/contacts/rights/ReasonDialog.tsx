import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import styles from './Rights.module.css';

export interface ReasonDialogProps {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly help?: string;
  readonly maxLength: number;
  readonly action: string;
  readonly danger?: boolean;
  readonly onClose: () => void;
  readonly onSave: (reason: string) => void;
}

/** Something that is never done without a reason. It exists only while it is open. */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const { title, text, label, help, maxLength, action, danger = false, onClose, onSave } = props;
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim() === '';
  return (
    <Dialog
      title={title}
      role={danger ? 'alertdialog' : 'dialog'}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            variant={danger ? 'danger' : 'primary'}
            onPress={() => {
              setTried(true);
              if (!missing) onSave(reason.trim());
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <p>{text}</p>
        <TextArea
          label={label}
          description={help}
          error={tried && missing ? t('rights.step.missing') : undefined}
          maxLength={maxLength}
          value={reason}
          onChange={setReason}
        />
      </div>
    </Dialog>
  );
}
