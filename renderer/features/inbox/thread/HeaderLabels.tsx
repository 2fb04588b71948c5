import type { ReactNode } from 'react';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { LabelDot } from '../../../ui/LabelDot.tsx';
import styles from './HeaderLabels.module.css';

/** The labels of a conversation: a dot and the name. */
export function HeaderLabels({ labelIds }: { readonly labelIds: ReadonlyArray<string> }): ReactNode {
  const { labels } = useLookup();
  const shown = labelIds.flatMap((id) => labels.get(id) ?? []).filter((label) => !label.deleted);
  return shown.map((label) => (
    <span key={label.id} className={styles['label']}>
      <LabelDot colour={label.colour} />
      {label.name}
    </span>
  ));
}
