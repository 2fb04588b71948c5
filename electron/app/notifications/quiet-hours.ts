/** The hours in which nothing is to be heard. */
import type { QuietHours } from '../../../shared/contract/settings.ts';

/** Whether a moment lies in them. `to` itself is outside; from and to alike: the whole day. Local time of this machine. */
export function isQuiet(hours: QuietHours | null, at: Date): boolean {
  if (hours === null) return false;
  const from = minutesOf(hours.from);
  const to = minutesOf(hours.to);
  const now = at.getHours() * 60 + at.getMinutes();
  const today = at.getDay();
  const yesterday = (today + 6) % 7;
  if (from < to) return hours.days.includes(today) && now >= from && now < to;
  // Over midnight: the evening belongs to today, the early morning to the day before.
  return (hours.days.includes(today) && now >= from) || (hours.days.includes(yesterday) && now < to);
}

function minutesOf(time: string): number {
  const [hour = '0', minute = '0'] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}
