import { UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { RIGHTS } from '../../../../shared/domain/policy.ts';
import type { Right } from '../../../../shared/domain/policy.ts';
import { routeOf } from '../../../../shared/domain/rights-desk.ts';
import { RightsWay } from '../../../../shared/domain/rights.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { usePerson } from '../../../lib/queries/contacts.ts';
import { useDirectory } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useNow } from '../../../lib/useNow.ts';
import { pickedTime, pickerValue } from '../../../lib/days.ts';
import { Button } from '../../../ui/Button.tsx';
import { DateTimeField } from '../../../ui/DateTimeField.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { PersonPicker } from './PersonPicker.tsx';
import styles from './Rights.module.css';

export interface NewRequestProps {
  /** Who it is about, where that is known. */
  readonly contactId: string | null;
  readonly onClose: () => void;
  readonly onOpened: (requestId: string) => void;
}

/** A request as it reached the company: who, what, how, when. It exists only while it is open. */
export function NewRequest({ contactId, onClose, onOpened }: NewRequestProps): ReactNode {
  const bridge = useBridge();
  const policy = useDirectory()?.policy ?? null;
  const known = usePerson(contactId).data?.contact ?? null;
  const [found, setFound] = useState<Contact | null>(null);
  const [picking, setPicking] = useState(false);
  const [kind, setKind] = useState<Right>('access');
  const [way, setWay] = useState<RightsWay>('message');
  const [purpose, setPurpose] = useState<'service' | 'marketing' | 'all'>('all');
  const [details, setDetails] = useState('');
  const [received, setReceived] = useState(() => pickerValue(Date.now()));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const now = useNow(10_000);
  const person = found ?? known;
  const receivedAt = pickedTime(received);
  const wrongTime =
    receivedAt === null
      ? t('consent.atMissing')
      : receivedAt > now + 60_000
        ? t('consent.future')
        : undefined;
  const route = policy === null ? null : routeOf(policy, kind);

  const save = (): void => {
    setTried(true);
    if (busy || person === null || receivedAt === null || wrongTime !== undefined) return;
    setBusy(true);
    bridge
      .call('rights.open', {
        contactId: person.id,
        kind,
        way,
        purpose: (kind === 'object' || kind === 'withdraw') && purpose !== 'all' ? purpose : null,
        details: details.trim() === '' ? null : details.trim(),
        // The picker knows no seconds: what is recorded now must not lie ahead of the clock.
        receivedAt: Math.min(receivedAt, Date.now()),
      })
      .then(
        ({ requestId }) => onOpened(requestId),
        (error: unknown) => {
          setBusy(false);
          useNotices.getState().show(callWords(error));
        },
      );
  };

  if (picking) {
    return (
      <PersonPicker
        onClose={() => setPicking(false)}
        onChoose={(contact) => {
          setFound(contact);
          setPicking(false);
        }}
      />
    );
  }
  return (
    <Dialog
      title={t('rights.form.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" isPending={busy} onPress={save}>
            {t('rights.form.save')}
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <div className={styles['field']}>
          <span className={styles['label']}>{t('rights.form.person')}</span>
          <div className={styles['picked']}>
            {person === null ? null : <bdi className={styles['pickedName']}>{person.name}</bdi>}
            <Button size="small" icon={<UserRound size={14} />} onPress={() => setPicking(true)}>
              {t('rights.form.choosePerson')}
            </Button>
          </div>
          {tried && person === null ? (
            <span className={styles['error']} role="alert">
              {t('rights.form.personMissing')}
            </span>
          ) : null}
        </div>
        <SelectField
          label={t('rights.form.right')}
          value={kind}
          options={RIGHTS.map((each) => ({
            value: each,
            label:
              policy?.rights[each] === 'not_promised'
                ? `${t(`rights.right.${each}`)} (${t('rights.promise.notPromisedShort')})`
                : t(`rights.right.${each}`),
          }))}
          onChange={(value) => setKind(RIGHTS.find((each) => each === value) ?? 'access')}
        />
        {route === null || policy === null ? null : (
          <p className={styles['hint']} data-local={route.holder === 'not_promised' || undefined}>
            {t(`rights.promise.${route.holder}`, { name: policy.name })}
          </p>
        )}
        {kind === 'object' || kind === 'withdraw' ? (
          <SelectField
            label={t('rights.facts.purpose')}
            value={purpose}
            options={[
              { value: 'all', label: t('rights.facts.everything') },
              { value: 'service', label: t('consent.purposes.service') },
              { value: 'marketing', label: t('consent.purposes.marketing') },
            ]}
            onChange={(value) => setPurpose(value === 'service' || value === 'marketing' ? value : 'all')}
          />
        ) : null}
        <SelectField
          label={t('rights.form.way')}
          value={way}
          options={RightsWay.options.map((each) => ({ value: each, label: t(`rights.way.${each}`) }))}
          onChange={(value) => setWay(RightsWay.options.find((each) => each === value) ?? 'other')}
        />
        <DateTimeField
          label={t('rights.form.received')}
          value={received}
          error={tried ? wrongTime : undefined}
          onChange={setReceived}
        />
        <TextArea
          label={t('rights.form.details')}
          description={t('rights.form.detailsHelp')}
          maxLength={4000}
          value={details}
          onChange={setDetails}
        />
      </div>
    </Dialog>
  );
}
