import type { ReactNode } from 'react';
import { useState } from 'react';
import type { View } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useReady, useSavedViews, useSort } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { filterOfView } from './filterOf.ts';
import styles from './filters.module.css';

export interface ViewDialogProps {
  readonly view: View;
  /** The view to rename; null makes one of what is shown. */
  readonly itemId: string | null;
  readonly onClose: () => void;
  readonly onView: (view: View) => void;
}

const LONGEST = 80;

/** Saves filter and order under a name, or gives a saved view another one. */
export function ViewDialog({ view, itemId, onClose, onView }: ViewDialogProps): ReactNode {
  const bridge = useBridge();
  const { me } = useReady();
  const saved = useSavedViews();
  const item = saved.find(({ id }) => id === (itemId ?? (view.kind === 'saved' ? view.id : null)));
  const renamed = itemId === null ? undefined : item;
  const sort = useSort(view);
  const [name, setName] = useState(renamed?.content.title ?? '');
  const [scope, setScope] = useState<'team' | 'personal'>(renamed?.scope ?? 'personal');
  const title = name.trim();

  const save = (): void => {
    if (title === '') return;
    const { show, tell } = useNotices.getState();
    const content =
      renamed === undefined
        ? {
            kind: 'saved_view' as const,
            title,
            filter: filterOfView(view, item?.content.filter ?? null),
            sort,
          }
        : { ...renamed.content, title };
    bridge
      .call('library.save', { itemId, scope, content })
      .then(({ itemId: id }) => {
        tell(t('triage.view.saved', { name: title }), null);
        if (itemId === null) onView({ kind: 'saved', id });
      })
      .catch((error: unknown) => show(callWords(error)));
    onClose();
  };

  return (
    <Dialog
      title={itemId === null ? t('triage.view.saveTitle') : t('triage.view.renameTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" isDisabled={title === ''} onPress={save}>
            {t('triage.view.save')}
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
        <TextField
          label={t('triage.view.name')}
          value={name}
          onChange={setName}
          maxLength={LONGEST}
          startFocused
        />
        {me.role === 'agent' || itemId !== null ? null : (
          <Segmented
            label={t('triage.view.for')}
            value={scope}
            segments={[
              { value: 'personal', label: t('triage.view.personal') },
              { value: 'team', label: t('triage.view.team') },
            ]}
            onChange={setScope}
          />
        )}
      </form>
    </Dialog>
  );
}
