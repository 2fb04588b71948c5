import { ChevronDown, Clock, Lock, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo, useState } from 'react';
import { clockTime, dayName, fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useNow } from '../../../lib/useNow.ts';
import { Button } from '../../../ui/Button.tsx';
import { DateTimeField } from '../../../ui/DateTimeField.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/Menu.tsx';
import styles from './Composer.module.css';
import type { SendTime } from './sendTimes.ts';
import { fromLocalInput, sendTimes, toLocalInput } from './sendTimes.ts';

export interface SendButtonProps {
  readonly note: boolean;
  readonly ready: boolean;
  /** Tells the end of the answering window, or null. */
  readonly windowEnd: () => number | null;
  /** `sendAt` null: now. */
  readonly onSend: (sendAt: number | null) => void;
}

/** Send, and beside it: send later. Memoised: a letter and another conversation change nothing here. */
export const SendButton = memo(function SendButton({
  note,
  ready,
  windowEnd,
  onSend,
}: SendButtonProps): ReactNode {
  const [picking, setPicking] = useState(false);
  const times = sendTimes(useNow(note ? null : 60_000));
  if (note) {
    return (
      <Button
        variant={ready ? 'primary' : 'secondary'}
        isDisabled={!ready}
        onPress={() => onSend(null)}
        icon={<Lock size={14} />}
      >
        {t('inbox.composer.addNote')}
      </Button>
    );
  }
  return (
    <span className={styles['send']}>
      <Button
        variant={ready ? 'primary' : 'secondary'}
        isDisabled={!ready}
        onPress={() => onSend(null)}
        icon={<Send size={14} className={styles['flip']} />}
      >
        {t('inbox.composer.send')}
      </Button>
      <Menu
        placement="top end"
        trigger={
          <IconButton
            label={t('writing.later.menu')}
            variant={ready ? 'primary' : 'plain'}
            isDisabled={!ready}
          >
            <ChevronDown size={14} />
          </IconButton>
        }
        onAction={(key) => {
          if (key === 'pick') setPicking(true);
          else onSend(Number(key));
        }}
      >
        {times.map((time) => (
          <MenuItem key={time.at} id={String(time.at)} label={timeWords(time)} icon={<Clock size={14} />} />
        ))}
        <MenuSeparator />
        <MenuItem id="pick" label={t('writing.later.pick')} />
      </Menu>
      {picking ? (
        <LaterDialog
          windowEnd={windowEnd}
          onClose={() => setPicking(false)}
          onChoose={(at) => {
            setPicking(false);
            onSend(at);
          }}
        />
      ) : null}
    </span>
  );
});

function timeWords({ key, at }: SendTime): string {
  const time = clockTime(at);
  // A day to come is named by its weekday.
  if (key === 'monday') return t('writing.later.monday', { day: dayName(at, at + 2 * 86_400_000), time });
  return t(`writing.later.${key}`, { time });
}

interface LaterDialogProps {
  readonly windowEnd: () => number | null;
  readonly onChoose: (at: number) => void;
  readonly onClose: () => void;
}

function LaterDialog({ windowEnd, onChoose, onClose }: LaterDialogProps): ReactNode {
  const [opened] = useState(() => Date.now());
  const [windowEndsAt] = useState(windowEnd);
  const [value, setValue] = useState(() => toLocalInput(sendTimes(opened).at(-1)?.at ?? opened));
  const at = fromLocalInput(value);
  const past = at === null || at <= opened;
  const late = !past && windowEndsAt !== null && at > windowEndsAt;
  return (
    <Dialog
      title={t('writing.later.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={past}
            onPress={() => {
              if (at !== null && at > Date.now()) onChoose(at);
            }}
          >
            {t('writing.later.schedule')}
          </Button>
        </>
      }
    >
      <DateTimeField
        label={t('writing.later.when')}
        value={value}
        min={toLocalInput(opened)}
        error={past ? t('writing.later.past') : undefined}
        description={
          late
            ? t('writing.later.afterWindow')
            : at === null
              ? undefined
              : t('writing.later.scheduled', { time: fullTime(at) })
        }
        onChange={setValue}
      />
    </Dialog>
  );
}
