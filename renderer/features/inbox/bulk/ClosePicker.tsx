import { Archive } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { useTriage } from './context.ts';
import { TriagePicker } from './TriagePicker.tsx';

const REASONS = ['solved', 'noAnswer', 'unreachable', 'duplicate', 'spam'] as const;
const OWN = 'own';
/** The contract's bound. */
const LONGEST = 200;

/** Closes with one of the usual reasons, or with what was typed. */
export function ClosePicker({
  ids,
  onClose,
}: {
  readonly ids: ReadonlyArray<string>;
  readonly onClose: () => void;
}): ReactNode {
  const triage = useTriage();
  const options = REASONS.map((id) => ({ id, label: t(`triage.close.${id}`), icon: <Archive size={14} /> }));
  return (
    <TriagePicker
      of="close"
      groups={[{ id: 'reasons', title: null, options }]}
      always={(query) => {
        const reason = reasonOf(query);
        return [
          reason === ''
            ? { id: 'none', label: t('triage.close.none'), icon: <Archive size={14} /> }
            : { id: OWN, label: t('triage.close.own', { reason }), icon: <Archive size={14} /> },
        ];
      }}
      onChoose={(id, query) => {
        const known = options.find((option) => option.id === id);
        triage.close(ids, id === OWN ? reasonOf(query) : (known?.label ?? null));
        onClose();
      }}
      onClose={onClose}
    />
  );
}

function reasonOf(query: string): string {
  return query.trim().slice(0, LONGEST);
}
