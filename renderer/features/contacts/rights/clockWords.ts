import type { RightsRequest } from '../../../../shared/domain/rights.ts';
import type { RightsClock } from '../../../../shared/domain/rights-desk.ts';
import { t } from '../../../i18n/t.ts';
import { dayWords } from '../place/days.ts';

/** What the clock of a request says. */
export function clockWords(clock: RightsClock, { closedAt }: Pick<RightsRequest, 'closedAt'>): string {
  switch (clock.state) {
    case 'not_stated':
      return t('rights.clock.not_stated');
    case 'running':
      return clock.daysLeft === null || clock.daysLeft <= 0
        ? t('rights.clock.dueToday')
        : t('rights.clock.due', { count: clock.daysLeft });
    case 'overdue': {
      const days = -(clock.daysLeft ?? 0);
      return days <= 0 ? t('rights.clock.overdueToday') : t('rights.clock.overdue', { count: days });
    }
    case 'on_hold':
      return t('rights.clock.on_hold', { date: dayWords(clock.reviewAt ?? 0) });
    case 'review_due':
      return t('rights.clock.review_due');
    case 'closed': {
      const date = dayWords(closedAt ?? 0);
      return clock.pastDue ? t('rights.clock.closedLate', { date }) : t('rights.clock.closed', { date });
    }
  }
}
