import { AlarmClock, MessageCircleReply } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { clockTime, dayAndTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { Button } from '../../../ui/Button.tsx';
import { DateTimeField } from '../../../ui/DateTimeField.tsx';
import { useTriage } from './context.ts';
import styles from './Pickers.module.css';
import { snoozeTimes } from './snoozeTimes.ts';
import { TriagePicker } from './TriagePicker.tsx';

/** Puts conversations aside until a time, or until the customer writes. */
export function SnoozePicker({
  ids,
  onClose,
}: {
  readonly ids: ReadonlyArray<string>;
  readonly onClose: () => void;
}): ReactNode {
  const triage = useTriage();
  const [picked, setPicked] = useState('');
  const [now] = useState(() => Date.now());
  const { later, tomorrow, nextWeek } = snoozeTimes(now);
  const times = [
    ...(later === null ? [] : [{ id: 'later', label: t('triage.snooze.later'), at: later }]),
    { id: 'tomorrow', label: t('triage.snooze.tomorrow'), at: tomorrow },
    { id: 'nextWeek', label: t('triage.snooze.nextWeek'), at: nextWeek },
    { id: 'reply', label: t('triage.snooze.reply'), at: null },
  ];
  const snooze = (until: number | null): void => {
    triage.snooze(ids, until);
    onClose();
  };
  const own = new Date(picked).getTime();
  return (
    <TriagePicker
      of="snooze"
      onChoose={(id) => {
        const time = times.find((each) => each.id === id);
        if (time !== undefined) snooze(time.at);
      }}
      onClose={onClose}
      groups={[
        {
          id: 'times',
          title: null,
          options: times.map(({ id, label, at }) => ({
            id,
            label,
            icon: at === null ? <MessageCircleReply size={14} /> : <AlarmClock size={14} />,
            hint: at === null ? undefined : id === 'later' ? clockTime(at) : dayAndTime(at),
          })),
        },
      ]}
      footer={
        <form
          className={styles['pick']}
          onSubmit={(event) => {
            event.preventDefault();
            if (own > Date.now()) snooze(own);
          }}
        >
          <DateTimeField label={t('triage.snooze.pick')} value={picked} onChange={setPicked} />
          <Button type="submit" isDisabled={!(own > now)}>
            {t('triage.snooze.set')}
          </Button>
        </form>
      }
    />
  );
}
