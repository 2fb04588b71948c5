/**
 * Days as people count them, in a time zone. Promises speak of days; the day on which clocks change has 23 or 25 hours.
 *
 * The rule: n calendar days from a moment is the same wall-clock time n dates later. When that wall-clock time does not exist
 * (clocks went forward) or exists twice (clocks went back), the caller says which of the two instants to take, so that a promise
 * is kept under both readings: deleting takes the one that deletes more, a due date the one that comes first.
 */
import { z } from 'zod';
import { DAY } from './time.ts';

/** Of the two instants that a wall-clock time may mean. */
type Pick = 'earlier' | 'later';

/** An IANA name that this runtime knows. */
export const TimeZone = z.string().refine((zone) => isTimeZone(zone), { error: 'not a known time zone' });

export function isTimeZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a name that is no time zone. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
}

/** What a clock on the wall shows at an instant, as the milliseconds of a UTC date that shows the same. */
function wallClock(at: number, zone: string): number {
  const part = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatterOf(zone).formatToParts(at)) {
    if (type in part) part[type as keyof typeof part] = Number(value);
  }
  const { year, month, day, hour, minute, second } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000);
}

function instantOf(wall: number, zone: string, pick: Pick): number {
  // A clock change lies within a day of the wall time, if there is one: the offsets on both sides of it are the candidates.
  const candidates = [wall - DAY, wall + DAY].map((near) => wall - (wallClock(near, zone) - near));
  const shown = candidates.filter((at) => wallClock(at, zone) === wall);
  const from = shown.length > 0 ? shown : candidates;
  return pick === 'later' ? Math.max(...from) : Math.min(...from);
}

/** The same wall-clock time `days` dates later (earlier when negative). */
export function addCalendarDays(at: number, days: number, zone: string, pick: Pick): number {
  return days === 0 ? at : instantOf(wallClock(at, zone) + days * DAY, zone, pick);
}

/**
 * The same wall-clock time `days` working days later: Monday to Friday are counted, from the day after `at`. Public holidays are
 * not known here, so the result is never too late.
 */
export function addBusinessDays(at: number, days: number, zone: string, pick: Pick): number {
  const wall = wallClock(at, zone);
  let dates = 0;
  for (let left = days; left > 0;) {
    dates += 1;
    const weekday = new Date(wall + dates * DAY).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return addCalendarDays(at, dates, zone, pick);
}

/** Whole dates from one moment to another, negative when `to` lies on an earlier date. */
export function calendarDaysBetween(from: number, to: number, zone: string): number {
  const date = (at: number) => Math.floor(wallClock(at, zone) / DAY);
  return date(to) - date(from);
}
