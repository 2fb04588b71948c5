import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ChannelKind } from '../../../../shared/domain/channel.ts';
import type { ConsentMethod, ConsentPurpose } from '../../../../shared/domain/consent.ts';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useNow } from '../../../lib/useNow.ts';
import { pickedTime, pickerValue } from '../../../lib/days.ts';
import { Button } from '../../../ui/Button.tsx';
import { DateTimeField } from '../../../ui/DateTimeField.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './Consent.module.css';
import { PURPOSES } from './current.ts';

/** What people record: the other two are the gateway's own observations. */
const METHODS = [
  'web_form',
  'paper',
  'spoken',
  'message',
  'import',
  'other',
] as const satisfies ReadonlyArray<ConsentMethod>;

export interface ConsentDialogProps {
  readonly contact: Contact;
  readonly kinds: ReadonlyArray<ChannelKind>;
  /** What the form starts with: a withdrawal that the rights desk asks for. */
  readonly start?: {
    readonly purpose: ConsentPurpose;
    readonly state: 'given' | 'withdrawn';
    readonly source: string;
  };
  readonly onClose: () => void;
}

/** Adds one entry to the ledger. It exists only while it is open. */
export function ConsentDialog({ contact, kinds, start, onClose }: ConsentDialogProps): ReactNode {
  const bridge = useBridge();
  const [purpose, setPurpose] = useState<ConsentPurpose>(start?.purpose ?? 'marketing');
  const [state, setState] = useState<'given' | 'withdrawn'>(start?.state ?? 'given');
  const [channel, setChannel] = useState<ChannelKind | 'any'>('any');
  const [method, setMethod] = useState<ConsentMethod>('message');
  const now = useNow(10_000);
  const [when, setWhen] = useState(() => pickerValue(Date.now()));
  const [source, setSource] = useState(start?.source ?? '');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const at = pickedTime(when);
  const wrongTime =
    at === null ? t('consent.atMissing') : at > now + 60_000 ? t('consent.future') : undefined;
  const noSource = source.trim() === '' ? t('consent.sourceMissing') : undefined;

  const save = (): void => {
    setTried(true);
    if (busy || at === null || wrongTime !== undefined || noSource !== undefined) return;
    setBusy(true);
    bridge
      .call('consent.record', {
        contactId: contact.id,
        purpose,
        state,
        channelKind: channel === 'any' ? null : channel,
        at,
        method,
        source: source.trim(),
      })
      .then(
        () => {
          useNotices.getState().tell(t('consent.saved'), null);
          onClose();
        },
        (error: unknown) => {
          setBusy(false);
          useNotices.getState().show(callWords(error));
        },
      );
  };

  return (
    <Dialog
      title={t('consent.addTitle', { name: contact.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" isPending={busy} onPress={save}>
            {t('consent.save')}
          </Button>
        </>
      }
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className={styles['two']}>
          <SelectField
            label={t('consent.state')}
            value={state}
            options={(['given', 'withdrawn'] as const).map((each) => ({
              value: each,
              label: t(`consent.states.${each}`),
            }))}
            onChange={(value) => setState(value === 'withdrawn' ? 'withdrawn' : 'given')}
          />
          <SelectField
            label={t('consent.purpose')}
            value={purpose}
            options={PURPOSES.map((each) => ({ value: each, label: t(`consent.purposes.${each}`) }))}
            onChange={(value) => setPurpose(value === 'service' ? 'service' : 'marketing')}
          />
          <SelectField
            label={t('consent.channel')}
            value={channel}
            options={(['any', ...kinds] as const).map((each) => ({
              value: each,
              label: t(`consent.channels.${each}`),
            }))}
            onChange={(value) => setChannel(kinds.find((kind) => kind === value) ?? 'any')}
          />
          <SelectField
            label={t('consent.method')}
            value={method}
            options={METHODS.map((each) => ({ value: each, label: t(`consent.methods.${each}`) }))}
            onChange={(value) => setMethod(METHODS.find((each) => each === value) ?? 'other')}
          />
        </div>
        <DateTimeField
          label={t('consent.at')}
          value={when}
          error={tried ? wrongTime : undefined}
          onChange={setWhen}
        />
        <TextField
          label={t('consent.source')}
          description={t('consent.sourceHelp')}
          error={tried ? noSource : undefined}
          maxLength={500}
          value={source}
          onChange={setSource}
        />
        {/* Enter in a box records it too. */}
        <input type="submit" hidden />
      </form>
    </Dialog>
  );
}
