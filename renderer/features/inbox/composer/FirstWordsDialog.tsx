import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import type { ConsentMethod, ConsentPurpose } from '../../../../shared/domain/consent.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './Bars.module.css';

/** What people record; a word in a message and the provider are the gateway's own observations. */
const METHODS = [
  'spoken',
  'web_form',
  'paper',
  'message',
  'other',
] as const satisfies ReadonlyArray<ConsentMethod>;

export interface FirstWordsDialogProps {
  readonly detail: ConversationDetail;
  readonly purpose: ConsentPurpose;
  /** Consent was recorded (null), or why it goes out without. */
  readonly onSend: (override: string | null) => void;
  readonly onClose: () => void;
}

/** Asks for consent, or for a reason, before the company writes first. It exists only while it is open. */
export function FirstWordsDialog({ detail, purpose, onSend, onClose }: FirstWordsDialogProps): ReactNode {
  const { contact, channel } = detail;
  const bridge = useBridge();
  const form = useId();
  const [how, setHow] = useState<'record' | 'override'>('record');
  const [method, setMethod] = useState<ConsentMethod>('spoken');
  const [source, setSource] = useState('');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const ready = how === 'record' ? source.trim() !== '' : reason.trim() !== '';

  const send = (): void => {
    if (!ready || saving) return;
    if (how === 'override') {
      onSend(reason.trim());
      return;
    }
    setSaving(true);
    bridge
      .call('consent.record', {
        contactId: contact.id,
        purpose,
        channelKind: channel.kind,
        state: 'given',
        at: Date.now(),
        method,
        source: source.trim(),
      })
      .then(
        () => onSend(null),
        (error: unknown) => {
          setSaving(false);
          setProblem(callWords(error));
        },
      );
  };

  return (
    <Dialog
      title={t('person.first.title', { name: contact.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" type="submit" form={form} isDisabled={!ready} isPending={saving}>
            {t('person.first.send')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles['first']}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p>
          {t('person.first.text', {
            purpose: t(`person.purpose.${purpose}`),
            channel: t(`contacts.channel.${channel.kind}`),
          })}
        </p>
        <Segmented
          label={t('person.first.how')}
          value={how}
          segments={(['record', 'override'] as const).map((value) => ({
            value,
            label: t(`person.first.${value}`),
          }))}
          onChange={setHow}
        />
        {how === 'record' ? (
          <>
            <SelectField
              label={t('person.first.method')}
              value={method}
              options={METHODS.map((each) => ({ value: each, label: t(`person.method.${each}`) }))}
              onChange={(value) => setMethod(METHODS.find((each) => each === value) ?? 'other')}
            />
            <TextField label={t('person.first.source')} value={source} onChange={setSource} maxLength={500} />
          </>
        ) : (
          <TextArea label={t('person.first.reason')} value={reason} onChange={setReason} maxLength={500} />
        )}
        {problem === null ? null : <p role="alert">{problem}</p>}
      </form>
    </Dialog>
  );
}
