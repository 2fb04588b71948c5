const HOUR = 3_600_000;
/** When a working day begins, local time. */
const MORNING = 9;
const AFTERNOON = 14;

export interface SendTime {
  readonly key: 'hour' | 'threeHours' | 'thisAfternoon' | 'tomorrow' | 'monday';
  readonly at: number;
}

/** Times that make sense to send at, soonest first, local time. */
export function sendTimes(now: number): SendTime[] {
  const afternoon = dayAt(now, 0, AFTERNOON);
  const weekday = new Date(now).getDay();
  // Sunday is 0: its next Monday is tomorrow already.
  const untilMonday = (8 - weekday) % 7 === 0 ? 7 : (8 - weekday) % 7;
  const times: SendTime[] = [
    { key: 'hour', at: now + HOUR },
    { key: 'threeHours', at: now + 3 * HOUR },
    ...(afternoon > now + 2 * HOUR ? [{ key: 'thisAfternoon' as const, at: afternoon }] : []),
    { key: 'tomorrow', at: dayAt(now, 1, MORNING) },
    ...(untilMonday > 1 ? [{ key: 'monday' as const, at: dayAt(now, untilMonday, MORNING) }] : []),
  ];
  return times.toSorted((a, b) => a.at - b.at);
}

function dayAt(now: number, days: number, hour: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  date.setHours(hour, 0, 0, 0);
  return date.getTime();
}

/** A time as `datetime-local` writes it, in local time. */
export function toLocalInput(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Epoch ms of what a `datetime-local` holds, or null. */
export function fromLocalInput(value: string): number | null {
  const at = new Date(value).getTime();
  return value === '' || Number.isNaN(at) ? null : at;
}
