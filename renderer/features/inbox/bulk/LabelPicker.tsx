import type { ReactNode } from 'react';
import { useState } from 'react';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { LabelDot } from '../../../ui/LabelDot.tsx';
import { useTriage } from './context.ts';
import { TriagePicker } from './TriagePicker.tsx';

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
    <TriagePicker
      of="label"
      onChoose={choose}
      onClose={onClose}
      groups={[
        {
          id: 'labels',
          title: null,
          options: [...labels.values()]
            .filter((label) => !label.deleted)
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
