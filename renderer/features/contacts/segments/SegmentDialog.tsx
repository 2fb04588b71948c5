import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import type { SegmentItem } from '../../../lib/queries/contacts.ts';
import { useReady } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { complete } from '../filter/filterDraft.ts';
import { useAsking } from '../table/asking.ts';
import { useColumns } from '../table/columnStore.ts';
import styles from './Segments.module.css';

const LONGEST = 80;

/** Keeps what the table shows as a segment, or gives one another name. */
export function SegmentDialog({
  segment,
  onClose,
}: {
  /** The one to rename; null: a new one. */
  readonly segment: SegmentItem | null;
  readonly onClose: () => void;
}): ReactNode {
  const bridge = useBridge();
  const { me } = useReady();
  const [name, setName] = useState(segment?.content.title ?? '');
  const [scope, setScope] = useState<'team' | 'personal'>(segment?.scope ?? 'personal');
  const title = name.trim();

  const save = (): void => {
    if (title === '') return;
    const { show, tell } = useNotices.getState();
    const filter = complete(useAsking.getState().filter);
    const { sort } = useColumns.getState();
    const content =
      segment === null ? { kind: 'segment' as const, title, filter, sort } : { ...segment.content, title };
    bridge.call('library.save', { itemId: segment?.id ?? null, scope, content }).then(
      ({ itemId }) => {
        tell(t('contacts.segment.saved', { name: title }), null);
        if (segment === null) useAsking.getState().choose(itemId, filter);
      },
      (error: unknown) => show(callWords(error)),
    );
    onClose();
  };

  return (
    <Dialog
      title={segment === null ? t('contacts.segment.saveTitle') : t('contacts.segment.renameTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" isDisabled={title === ''} onPress={save}>
            {t('contacts.save')}
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
          label={t('contacts.segment.name')}
          value={name}
          onChange={setName}
          maxLength={LONGEST}
          startFocused
        />
        {me.role === 'agent' || segment !== null ? null : (
          <Segmented
            label={t('contacts.segment.for')}
            value={scope}
            segments={[
              { value: 'personal', label: t('contacts.segment.personal') },
              { value: 'team', label: t('contacts.segment.team') },
            ]}
            onChange={setScope}
          />
        )}
      </form>
    </Dialog>
  );
}
