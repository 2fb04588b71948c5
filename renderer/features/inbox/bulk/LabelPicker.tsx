import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { Picker } from '../../../ui/Picker.tsx';
import { LabelDot } from '../views/ViewsNav.tsx';
import { useTriage } from './context.ts';
import { fits } from './fits.ts';

/** Puts labels on and takes them off; stays open, as one seldom comes for one alone. */
export function LabelPicker({
  ids,
  onClose,
}: {
  readonly ids: ReadonlyArray<string>;
  readonly onClose: () => void;
}): ReactNode {
  const triage = useTriage();
  const { labels } = useLookup();
  const [query, setQuery] = useState('');
  const [on, setOn] = useState<ReadonlySet<string>>(() => {
    const rows = triage.rows(ids);
    return new Set(
      [...labels.keys()].filter(
        (id) => rows.length > 0 && rows.every((row) => row.conversation.labelIds.includes(id)),
      ),
    );
  });
  const choose = (labelId: string): void => {
    const next = new Set(on);
    if (!next.delete(labelId)) next.add(labelId);
    setOn(next);
    triage.label(ids, labelId, next.has(labelId));
  };
  return (
    <Picker
      title={t('triage.label.title')}
      placeholder={t('triage.label.search')}
      query={query}
      onQuery={setQuery}
      onChoose={choose}
      onClose={onClose}
      empty={t('triage.label.none')}
      groups={[
        {
          id: 'labels',
          title: null,
          options: [...labels.values()]
            .filter((label) => !label.deleted && fits(query, label.name))
            .map(({ id, name, colour }) => ({
              id,
              label: name,
              icon: <LabelDot colour={colour} />,
              checked: on.has(id),
            })),
        },
      ]}
    />
  );
}
