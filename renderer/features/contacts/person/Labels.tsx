import { Tag } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { t } from '../../../i18n/t.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { LabelDot } from '../../../ui/LabelDot.tsx';
import { LabelPicker } from './LabelPicker.tsx';
import styles from './Person.module.css';
import { useSavePatch } from './savePatch.ts';

/** The person's labels, and the way to change them. */
export function Labels({ contact }: { readonly contact: Contact }): ReactNode {
  const { labels } = useLookup();
  const save = useSavePatch(contact.id);
  const [open, setOpen] = useState(false);
  const on = new Set(contact.labelIds);
  const toggle = (labelId: string): void => {
    const next = on.has(labelId)
      ? contact.labelIds.filter((id) => id !== labelId)
      : [...contact.labelIds, labelId];
    void save({ labelIds: next }).then((problem) => {
      if (problem !== null) useNotices.getState().show(problem);
    });
  };
  return (
    <div className={styles['labels']}>
      <ul className={styles['labelList']} aria-label={t('contacts.column.labels')}>
        {contact.labelIds.map((id) => {
          const label = labels.get(id);
          return label === undefined ? null : (
            <li key={id} className={styles['label']}>
              <LabelDot colour={label.colour} />
              <bdi>{label.name}</bdi>
            </li>
          );
        })}
      </ul>
      <Button size="small" variant="ghost" icon={<Tag size={12} />} onPress={() => setOpen(true)}>
        {t('person.labels')}
      </Button>
      {open ? (
        <LabelPicker
          title={t('person.labels')}
          groups={[
            { id: 'all', title: null, labels: [...labels.values()].filter((label) => !label.deleted) },
          ]}
          on={on}
          onChoose={(_group, labelId) => toggle(labelId)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  );
}
