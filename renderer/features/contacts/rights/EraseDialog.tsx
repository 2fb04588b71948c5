import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { usePerson, usePersonFiles } from '../../../lib/queries/contacts.ts';
import { useDirectory } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { TypedNameField } from '../../../ui/TypedNameField.tsx';
import styles from './Rights.module.css';

export interface EraseDialogProps {
  readonly contact: Contact;
  /** Null: nobody has asked for it by letter. */
  readonly requestId: string | null;
  readonly onClose: () => void;
}

/** The one thing that cannot be undone: it says what is lost, and wants the person's name typed. It exists only while it is open. */
export function EraseDialog({ contact, requestId, onClose }: EraseDialogProps): ReactNode {
  const bridge = useBridge();
  const detail = usePerson(contact.id).data;
  const files = usePersonFiles(contact.id).data;
  const policy = useDirectory()?.policy ?? null;
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const noReason = reason.trim() === '';
  const wrongName = typed.trim() !== contact.name.trim();
  const days = policy?.backupDays.value ?? null;

  const erase = (): void => {
    setTried(true);
    if (busy || noReason || wrongName) return;
    setBusy(true);
    const { show, tell } = useNotices.getState();
    bridge
      .call('contact.erase', {
        contactId: contact.id,
        requestId,
        reason: reason.trim(),
        typedName: typed.trim(),
      })
      .then(
        ({ receipt }) => {
          if ((receipt.scan?.found ?? 0) > 0) show(t('rights.erase.traces'));
          else tell(t('rights.erase.done'), null);
          onClose();
        },
        (error: unknown) => {
          setBusy(false);
          show(callWords(error));
        },
      );
  };

  return (
    <DangerDialog
      title={t('rights.erase.title', { name: contact.name })}
      isOpen
      onClose={onClose}
      cancelLabel={t('app.cancel')}
      actionLabel={t('rights.erase.save')}
      isBusy={busy}
      onAction={erase}
    >
      <div className={styles['form']}>
        <p>{t('rights.erase.lost')}</p>
        <ul className={styles['lost']}>
          <li>{t('rights.erase.record')}</li>
          {detail === undefined ? null : (
            <>
              <li>{t('rights.erase.conversations', { count: detail.conversations.length })}</li>
              <li>{t('rights.erase.ledger', { count: detail.consents.length })}</li>
            </>
          )}
          {files === undefined ? null : <li>{t('rights.erase.files', { count: files.length })}</li>}
          <li>{t('rights.erase.outbox')}</li>
        </ul>
        <p className={styles['quiet']}>
          {t('rights.erase.stays')}{' '}
          {days === null ? t('rights.erase.backupsUnknown') : t('rights.erase.backups', { count: days })}
        </p>
        <TextArea
          label={t('rights.erase.reason')}
          description={t('rights.step.skipHelp')}
          error={tried && noReason ? t('rights.step.missing') : undefined}
          maxLength={2000}
          value={reason}
          onChange={setReason}
        />
        <TypedNameField
          label={t('rights.erase.type', { name: contact.name })}
          error={tried && wrongName ? t('rights.erase.wrong') : undefined}
          startFocused={false}
          value={typed}
          onChange={setTyped}
        />
      </div>
    </DangerDialog>
  );
}
