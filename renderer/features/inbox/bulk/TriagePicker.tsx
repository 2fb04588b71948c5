import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import type { PickerOption } from '../../../ui/Picker.tsx';
import { Picker } from '../../../ui/Picker.tsx';
import { fits } from './fits.ts';

export interface TriageOption extends PickerOption {
  /** Other words by which it is found. */
  readonly also?: ReadonlyArray<string>;
}

export interface TriageGroup {
  readonly id: string;
  /** Null: no heading. */
  readonly title: string | null;
  readonly options: ReadonlyArray<TriageOption>;
}

export interface TriagePickerProps {
  /** Whose words of the catalogue it speaks. */
  readonly of: 'assign' | 'label' | 'snooze' | 'close';
  readonly groups: ReadonlyArray<TriageGroup>;
  /** What can be chosen besides, whatever was typed. */
  readonly always?: (query: string) => ReadonlyArray<PickerOption>;
  readonly onChoose: (id: string, query: string) => void;
  readonly onClose: () => void;
  readonly footer?: ReactNode;
}

const ALWAYS = 'always';

/** The frame of what is done to conversations: type to find, Enter to do it. */
export function TriagePicker({
  of,
  groups,
  always,
  onChoose,
  onClose,
  footer,
}: TriagePickerProps): ReactNode {
  const [query, setQuery] = useState('');
  return (
    <Picker
      title={t(`triage.${of}.title`)}
      placeholder={t(`triage.${of}.search`)}
      query={query}
      onQuery={setQuery}
      onChoose={(id) => onChoose(id, query)}
      onClose={onClose}
      empty={of === 'close' ? '' : t(`triage.${of}.none`)}
      groups={[
        ...groups.map(({ options, ...group }) => ({
          ...group,
          options: options.filter(({ label, also = [] }) => fits(query, label, ...also)),
        })),
        { id: ALWAYS, title: null, options: always?.(query) ?? [] },
      ]}
      footer={footer}
    />
  );
}
