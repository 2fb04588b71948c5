import { HOUR } from '../../../../shared/domain/time.ts';

/** Mornings begin at this hour, local time. */
const MORNING = 9;
/** Later today is this much later, on the full half hour after it. */
const LATER = 3 * HOUR;
const MONDAY = 1;

export interface SnoozeTimes {
  /** Null when three hours later is another day. */
  readonly later: number | null;
  readonly tomorrow: number;
  readonly nextWeek: number;
}

/** What the names mean at `now` (epoch ms), in local time. */
export function snoozeTimes(now: number): SnoozeTimes {
  const half = HOUR / 2;
  const later = Math.ceil((now + LATER) / half) * half;
  const today = new Date(now).getDay();
  const daysToMonday = (MONDAY - today + 7) % 7 || 7;
  return {
    later: new Date(later).getDate() === new Date(now).getDate() ? later : null,
    tomorrow: morning(now, 1),
    nextWeek: morning(now, daysToMonday),
  };
}

/** The morning so many days on; calendar arithmetic, so that a clock change does not move it. */
function morning(now: number, days: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  date.setHours(MORNING, 0, 0, 0);
  return date.getTime();
}
