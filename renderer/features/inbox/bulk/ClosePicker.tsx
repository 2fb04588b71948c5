import { Archive } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { Picker } from '../../../ui/Picker.tsx';
import { useTriage } from './context.ts';
import { fits } from './fits.ts';

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
  const [query, setQuery] = useState('');
  const reason = query.trim().slice(0, LONGEST);
  const options = REASONS.map((id) => ({ id, label: t(`triage.close.${id}`), icon: <Archive size={14} /> }));
  return (
    <Picker
      title={t('triage.close.title')}
      placeholder={t('triage.close.search')}
      query={query}
      onQuery={setQuery}
      onChoose={(id) => {
        const known = options.find((option) => option.id === id);
        triage.close(ids, id === OWN ? reason : (known?.label ?? null));
        onClose();
      }}
      onClose={onClose}
      empty=""
      groups={[
        { id: 'reasons', title: null, options: options.filter(({ label }) => fits(query, label)) },
        {
          id: OWN,
          title: null,
          options:
            reason === ''
              ? [{ id: 'none', label: t('triage.close.none'), icon: <Archive size={14} /> }]
              : [{ id: OWN, label: t('triage.close.own', { reason }), icon: <Archive size={14} /> }],
        },
      ]}
    />
  );
}
