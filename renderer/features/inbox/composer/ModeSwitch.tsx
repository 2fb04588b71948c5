import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { t } from '../../../i18n/t.ts';
import { Segmented } from '../../../ui/Segmented.tsx';

export type Mode = 'reply' | 'note';

export interface ModeSwitchProps {
  readonly mode: Mode;
  readonly onChange: (mode: Mode) => void;
}

/** An answer to the customer, or a note for colleagues. */
export const ModeSwitch = memo(function ModeSwitch({ mode, onChange }: ModeSwitchProps): ReactNode {
  return (
    <Segmented
      label={t('inbox.composer.mode')}
      value={mode}
      segments={[
        { value: 'reply', label: t('inbox.composer.reply') },
        { value: 'note', label: t('inbox.composer.note'), icon: <Lock size={12} aria-hidden="true" /> },
      ]}
      onChange={onChange}
    />
  );
});
