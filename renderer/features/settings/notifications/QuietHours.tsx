import type { ReactNode } from 'react';
import type { QuietHours as Value } from '../../../../shared/contract/settings.ts';
import { weekdayName, weekStart } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { TimeField } from '../../../ui/TimeField.tsx';
import { ToggleChips } from '../../../ui/ToggleChips.tsx';
import styles from './QuietHours.module.css';
import { Group, SwitchRow } from '../Row.tsx';

/** What they begin with when somebody turns them on. */
const USUAL: Value = { from: '18:00', to: '08:00', days: [0, 1, 2, 3, 4, 5, 6] };

export interface QuietHoursProps {
  readonly value: Value | null;
  readonly onChange: (value: Value | null) => void;
}

/** When nothing is announced: from, to, and on which days they begin. */
export function QuietHours({ value, onChange }: QuietHoursProps): ReactNode {
  const first = weekStart();
  const days = Array.from({ length: 7 }, (_, index) => (first + index) % 7);
  return (
    <Group>
      <SwitchRow
        id="quiet"
        title={t('settings.notifications.quiet')}
        hint={t('settings.notifications.quietHint')}
        isSelected={value !== null}
        onChange={(on) => onChange(on ? USUAL : null)}
      />
      {value === null ? null : (
        <div className={styles['times']}>
          <div className={styles['pair']}>
            <TimeField
              label={t('settings.notifications.from')}
              value={value.from}
              onChange={(from) => onChange({ ...value, from })}
            />
            <TimeField
              label={t('settings.notifications.to')}
              value={value.to}
              onChange={(to) => onChange({ ...value, to })}
            />
            {value.to <= value.from ? (
              <span className={styles['hint']}>{t('settings.notifications.nextDay')}</span>
            ) : null}
          </div>
          <div className={styles['days']}>
            <span aria-hidden="true">{t('settings.notifications.days')}</span>
            <ToggleChips
              label={t('settings.notifications.days')}
              chips={days.map((day) => ({
                value: String(day),
                label: weekdayName(day, 'short'),
                name: weekdayName(day, 'long'),
              }))}
              selected={value.days.map(String)}
              onChange={(selected) =>
                onChange({ ...value, days: selected.map(Number).toSorted((a, b) => a - b) })
              }
            />
            {value.days.length === 0 ? (
              <span role="status" className={styles['hint']}>
                {t('settings.notifications.noDays')}
              </span>
            ) : null}
          </div>
        </div>
      )}
    </Group>
  );
}
