import { Download, Pencil, Tags, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ContactAction, ContactSelection } from '../../../../shared/contract/contacts.ts';
import type { ExportFormat } from '../../../../shared/contract/imports.ts';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { downloadTicket } from '../../../lib/download.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import type { ContactSpec } from '../../../lib/queries/contacts.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useBusy } from '../../../lib/undo/busy.ts';
import { performOnContacts } from '../../../lib/undo/undo.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu, MenuItem } from '../../../ui/Menu.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { LabelPicker } from '../person/LabelPicker.tsx';
import styles from './Bulk.module.css';
import { BulkEdit } from './BulkEdit.tsx';
import { NOBODY, pickedCount, selectionOf, usePicked } from './picked.ts';

export interface BulkBarProps {
  readonly spec: ContactSpec;
  readonly total: number;
}

/** What can be done to those who are picked. Nothing is shown while nobody is. */
export function BulkBar({ spec, total }: BulkBarProps): ReactNode {
  const { picked, pick } = usePicked();
  const bridge = useBridge();
  const busy = useBusy((state) => state.size);
  const [asking, setAsking] = useState<'edit' | 'label' | null>(null);
  const size = pickedCount(picked, total);
  const selection = selectionOf(picked, spec);
  if (selection === null || size === 0) return null;

  const act = (action: ContactAction, words: (changed: number) => string): void => {
    setAsking(null);
    void performOnContacts(bridge, selection, size, action, words).then((worked) => {
      if (worked && action.type === 'delete') pick(NOBODY);
    });
  };

  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('contacts.bulk.label')}>
      <span className={styles['count']} role="status">
        {t('contacts.bulk.picked', { count: size })}
      </span>
      {picked.all || size >= total ? null : (
        <Button size="small" variant="ghost" onPress={() => pick({ all: true, ids: new Set() })}>
          {t('contacts.bulk.all', { total: count(total) })}
        </Button>
      )}
      <Button size="small" icon={<Pencil size={14} />} onPress={() => setAsking('edit')}>
        {t('contacts.bulk.edit')}
      </Button>
      <Button size="small" icon={<Tags size={14} />} onPress={() => setAsking('label')}>
        {t('contacts.bulk.labels')}
      </Button>
      <ExportMenu selection={selection} spec={spec} small />
      <Button
        size="small"
        icon={<Trash2 size={14} />}
        onPress={() => act({ type: 'delete' }, (changed) => t('contacts.bulk.deleted', { count: changed }))}
      >
        {t('contacts.bulk.delete')}
      </Button>
      <IconButton label={t('contacts.bulk.clear')} shortcut="Esc" onPress={() => pick(NOBODY)}>
        <X size={16} />
      </IconButton>
      {busy > 500 ? (
        <div className={styles['progress']}>
          <Progress label={t('contacts.bulk.working', { count: busy })} value={null} />
        </div>
      ) : null}
      {asking === 'edit' ? (
        <BulkEdit
          size={size}
          onClose={() => setAsking(null)}
          onSave={(patch) =>
            act({ type: 'edit', patch }, (changed) => t('contacts.bulk.edited', { count: changed }))
          }
        />
      ) : null}
      {asking === 'label' ? (
        <BulkLabels
          onClose={() => setAsking(null)}
          onSave={(add, remove) =>
            act({ type: 'labels', add, remove }, (changed) => t('contacts.bulk.labelled', { count: changed }))
          }
        />
      ) : null}
    </div>
  );
}

/** Puts labels on, or takes them off, of all at once. Each choice counts when the box is closed with it. */
function BulkLabels({
  onSave,
  onClose,
}: {
  readonly onSave: (add: string[], remove: string[]) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { labels } = useLookup();
  const all = [...labels.values()].filter((label) => !label.deleted);
  return (
    <LabelPicker
      title={t('contacts.bulk.labelTitle')}
      groups={[
        { id: 'add', title: t('contacts.bulk.labelAdd'), labels: all },
        { id: 'remove', title: t('contacts.bulk.labelRemove'), labels: all },
      ]}
      onChoose={(group, labelId) =>
        onSave(group === 'add' ? [labelId] : [], group === 'remove' ? [labelId] : [])
      }
      onClose={onClose}
    />
  );
}

const FORMATS = ['csv', 'vcard', 'json'] as const satisfies ReadonlyArray<ExportFormat>;

/** Saves contacts as a file. */
export function ExportMenu({
  selection,
  spec,
  small = false,
}: {
  readonly selection: ContactSelection;
  readonly spec: ContactSpec;
  readonly small?: boolean;
}): ReactNode {
  const bridge = useBridge();
  const save = (format: ExportFormat): void => {
    const { show, tell } = useNotices.getState();
    bridge.call('export.prepare', { selection, sort: spec.sort, format }).then(
      ({ ticket, fileName, contacts }) => {
        downloadTicket(ticket, fileName);
        tell(t('contacts.export.done', { count: contacts }), null);
      },
      (error: unknown) => show(callWords(error)),
    );
  };
  return (
    <Menu
      aria-label={t('contacts.export.title')}
      placement="bottom end"
      trigger={
        small ? (
          <Button size="small" icon={<Download size={14} />}>
            {t('contacts.export.title')}
          </Button>
        ) : (
          <IconButton label={t('contacts.export.all')}>
            <Download size={16} />
          </IconButton>
        )
      }
    >
      {FORMATS.map((format) => (
        <MenuItem key={format} label={t(`contacts.export.${format}`)} onAction={() => save(format)} />
      ))}
    </Menu>
  );
}
