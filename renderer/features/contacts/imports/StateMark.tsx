import { CircleAlert, CircleCheck, CircleDashed, CirclePause, LoaderCircle, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ImportState } from '../../../../shared/contract/imports.ts';
import { t } from '../../../i18n/t.ts';
import styles from './Imports.module.css';

const ICONS = {
  reading: LoaderCircle,
  mapping: CircleDashed,
  checking: LoaderCircle,
  checked: CircleDashed,
  running: LoaderCircle,
  cancelled: CirclePause,
  done: CircleCheck,
  undoing: LoaderCircle,
  undone: Undo2,
  failed: CircleAlert,
} as const satisfies Record<ImportState, unknown>;

/** How far an import is: an icon and a word. */
export function StateMark({ state }: { readonly state: ImportState }): ReactNode {
  const Icon = ICONS[state];
  return (
    <span className={styles['state']} data-state={state}>
      <Icon size={14} aria-hidden="true" />
      {t(`imports.state.${state}`)}
    </span>
  );
}
