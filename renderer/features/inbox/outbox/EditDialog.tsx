import type { ReactNode } from 'react';
import { useState } from 'react';
import type { OutboxItem } from '../../../../shared/contract/rows.ts';
import type { MessageContent } from '../../../../shared/domain/message-content.ts';
import { t } from '../../../i18n/t.ts';
import { Button } from '../../../ui/Button.tsx';
import { DateTimeField } from '../../../ui/DateTimeField.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { fromLocalInput, toLocalInput } from '../composer/sendTimes.ts';
import styles from './Outbox.module.css';
import { editableText, withText } from './outboxWords.ts';

export interface EditDialogProps {
  readonly item: OutboxItem;
  readonly onClose: () => void;
  readonly onSave: (content: MessageContent, sendAt: number | null) => void;
}

/** Changes what an unsent message says, and when it goes. */
export function EditDialog({ item, onClose, onSave }: EditDialogProps): ReactNode {
  const { content, status } = item;
  const [opened] = useState(() => Date.now());
  const [text, setText] = useState(() => (content === null ? '' : (editableText(content) ?? '')));
  const [when, setWhen] = useState(() =>
    status.state === 'scheduled' && status.sendAt !== null ? toLocalInput(status.sendAt) : '',
  );
  const at = fromLocalInput(when);
  const past = at !== null && at <= opened;
  const empty = content?.kind === 'text' && text.trim() === '';
  return (
    <Dialog
      title={t('writing.outbox.editTitle', { name: item.contactName })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={past || empty || content === null}
            onPress={() => {
              if (content !== null) onSave(withText(content, text.trim()), at);
            }}
          >
            {t('writing.outbox.save')}
          </Button>
        </>
      }
    >
      <div className={styles['fields']}>
        <TextArea label={t('writing.outbox.text')} value={text} onChange={setText} />
        <DateTimeField
          label={t('writing.outbox.when')}
          value={when}
          min={toLocalInput(opened)}
          error={past ? t('writing.later.past') : undefined}
          onChange={setWhen}
        />
      </div>
    </Dialog>
  );
}
