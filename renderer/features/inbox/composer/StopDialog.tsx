import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Arrivals } from './Arrivals.tsx';
import type { Arrival } from './seen.ts';

export interface StopDialogProps {
  /** What arrived unseen. */
  readonly arrivals: ReadonlyArray<Arrival>;
  readonly onAnyway: () => void;
  readonly onEdit: () => void;
  readonly onDiscard: () => void;
}

/** Stops a send because something has arrived that the writer has not seen, and shows it. */
export function StopDialog({ arrivals, onAnyway, onEdit, onDiscard }: StopDialogProps): ReactNode {
  return (
    <Dialog
      title={t('writing.stop.title')}
      role="alertdialog"
      isOpen
      onClose={onEdit}
      actions={
        <>
          <Button variant="ghost" onPress={onDiscard}>
            {t('writing.stop.discard')}
          </Button>
          <Button onPress={onAnyway}>{t('writing.stop.anyway')}</Button>
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the choice that loses nothing */}
          <Button variant="primary" autoFocus onPress={onEdit}>
            {t('writing.stop.edit')}
          </Button>
        </>
      }
    >
      <p>{t('writing.stop.text')}</p>
      <Arrivals items={arrivals} />
    </Dialog>
  );
}
