import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useJump } from '../../../lib/stores/jump.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import styles from './Pickers.module.css';

/** Goes to a day in the conversation that is open. */
export function DateDialog({
  ids,
  onClose,
}: {
  readonly ids: ReadonlyArray<string>;
  readonly onClose: () => void;
}): ReactNode {
  const [day, setDay] = useState('');
  const id = useId();
  // Without a zone behind it, a day with a time is local.
  const at = day === '' ? Number.NaN : new Date(`${day}T00:00`).getTime();
  const go = (): void => {
    const conversationId = ids[0];
    if (conversationId === undefined || Number.isNaN(at)) return;
    useJump.getState().go(conversationId, { at });
    onClose();
  };
  return (
    <Dialog
      title={t('triage.date.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" isDisabled={Number.isNaN(at)} onPress={go}>
            {t('triage.date.go')}
          </Button>
        </>
      }
    >
      <form
        className={styles['date']}
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <label htmlFor={id}>{t('triage.date.label')}</label>
        <input
          id={id}
          type="date"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one box of a dialog that was just opened
          autoFocus
          className={styles['day']}
          value={day}
          onChange={(event) => setDay(event.target.value)}
          // Chromium does not send a form with Enter in a date.
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            go();
          }}
        />
      </form>
    </Dialog>
  );
}
