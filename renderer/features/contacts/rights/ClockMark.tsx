import { CircleCheck, CircleDashed, CircleMinus, Clock, ClockAlert, Pause } from 'lucide-react';
import type { ReactNode } from 'react';
import { clockOf } from '../../../../shared/domain/rights-desk.ts';
import type { RightsRequest } from '../../../../shared/domain/rights.ts';
import { t } from '../../../i18n/t.ts';
import { clockWords } from './clockWords.ts';
import styles from './Rights.module.css';

const ICONS = {
  not_stated: CircleDashed,
  running: Clock,
  overdue: ClockAlert,
  on_hold: Pause,
  review_due: ClockAlert,
  closed: CircleCheck,
} as const;

/** How a request stands with its time: an icon and words. */
export function ClockMark({
  request,
  now,
}: {
  readonly request: RightsRequest;
  readonly now: number;
}): ReactNode {
  const clock = clockOf(request, now);
  const refused = request.state === 'refused';
  const Icon = refused ? CircleMinus : ICONS[clock.state];
  const held = clock.state === 'on_hold' || clock.state === 'review_due';
  return (
    <span className={styles['clock']} data-state={clock.state}>
      <Icon size={14} aria-hidden="true" />
      <span>
        {refused ? `${t('rights.state.refused')} · ` : null}
        {clockWords(clock, request)}
        {held && clock.pastDue ? ` · ${t('rights.clock.pastDue')}` : null}
      </span>
    </span>
  );
}
