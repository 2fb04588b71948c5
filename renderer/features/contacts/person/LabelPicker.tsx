import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Label } from '../../../../shared/domain/workspace.ts';
import { foldWord } from '../../../../shared/text/fold.ts';
import { t } from '../../../i18n/t.ts';
import { LabelDot } from '../../../ui/LabelDot.tsx';
import { Picker } from '../../../ui/Picker.tsx';

export interface LabelPickerProps {
  readonly title: string;
  readonly groups: ReadonlyArray<{
    readonly id: string;
    readonly title: string | null;
    readonly labels: ReadonlyArray<Label>;
  }>;
  /** Labels that are on. */
  readonly on?: ReadonlySet<string>;
  readonly onChoose: (group: string, labelId: string) => void;
  readonly onClose: () => void;
}

/** Labels by typing. */
export function LabelPicker({ title, groups, on, onChoose, onClose }: LabelPickerProps): ReactNode {
  const [query, setQuery] = useState('');
  const wanted = foldWord(query.trim());
  return (
    <Picker
      title={title}
      placeholder={t('contacts.labels.search')}
      query={query}
      onQuery={setQuery}
      groups={groups.map((group) => ({
        id: group.id,
        title: group.title,
        options: group.labels
          .filter(({ name }) => foldWord(name).includes(wanted))
          .map((label) => ({
            id: `${group.id} ${label.id}`,
            label: label.name,
            icon: <LabelDot colour={label.colour} />,
            ...(on === undefined ? {} : { checked: on.has(label.id) }),
          })),
      }))}
      onChoose={(id) => {
        const [group = '', labelId = ''] = id.split(' ');
        onChoose(group, labelId);
      }}
      onClose={onClose}
      empty={t('contacts.labels.none')}
    />
  );
}
