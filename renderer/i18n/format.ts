import { language } from './t.ts';

const DAY = 86_400_000;

interface Formats {
  readonly time: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
  readonly shortWeekday: Intl.DateTimeFormat;
  readonly dayMonth: Intl.DateTimeFormat;
  readonly longDay: Intl.DateTimeFormat;
  readonly longDayYear: Intl.DateTimeFormat;
  readonly numericDay: Intl.DateTimeFormat;
  readonly full: Intl.DateTimeFormat;
  readonly number: Intl.NumberFormat;
  readonly percent: Intl.NumberFormat;
  readonly hours: Intl.NumberFormat;
  readonly minutes: Intl.NumberFormat;
  readonly days: Intl.NumberFormat;
  readonly relative: Intl.RelativeTimeFormat;
  readonly list: Intl.ListFormat;
}

// Making an Intl formatter costs far more than using it, so each language keeps its set.
const cache = new Map<string, Formats>();

/** The region's habits (12 or 24 hours, order of day and month) where the system's language is the one in use. */
function formatTag(): string {
  const mine = language();
  if (typeof navigator === 'undefined') return mine;
  return navigator.languages.find((tag) => tag.split('-')[0] === mine.split('-')[0]) ?? mine;
}

function formats(): Formats {
  const tag = formatTag();
  const known = cache.get(tag);
  if (known !== undefined) return known;
  const made: Formats = {
    time: new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit' }),
    weekday: new Intl.DateTimeFormat(tag, { weekday: 'long' }),
    shortWeekday: new Intl.DateTimeFormat(tag, { weekday: 'short' }),
    dayMonth: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' }),
    longDay: new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' }),
    longDayYear: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric' }),
    numericDay: new Intl.DateTimeFormat(tag, { day: '2-digit', month: '2-digit', year: '2-digit' }),
    full: new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'medium' }),
    number: new Intl.NumberFormat(tag),
    percent: new Intl.NumberFormat(tag, { style: 'percent' }),
    hours: new Intl.NumberFormat(tag, { style: 'unit', unit: 'hour', unitDisplay: 'short' }),
    days: new Intl.NumberFormat(tag, { style: 'unit', unit: 'day', unitDisplay: 'short' }),
    minutes: new Intl.NumberFormat(tag, { style: 'unit', unit: 'minute', unitDisplay: 'short' }),
    relative: new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }),
    list: new Intl.ListFormat(tag, { type: 'conjunction' }),
  };
  cache.set(tag, made);
  return made;
}

/** Start of the local day, epoch ms. Calendar arithmetic, so that a clock change does not move it. */
export function startOfDay(at: number): number {
  const date = new Date(at);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

/** Whole local calendar days from `at` to `now`; 0 is today, 1 yesterday, negative is the future. */
export function daysAgo(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / DAY);
}

/** "14:05" */
export function clockTime(at: number): string {
  return formats().time.format(at);
}

/** Day, date and time in full, for titles. */
export function fullTime(at: number): string {
  return formats().full.format(at);
}

/** "Fri 14:05" within a week, else "20 Nov": a moment that is still to come. */
export function dayAndTime(at: number): string {
  const soon = Math.abs(at - Date.now()) < 6 * DAY;
  return soon
    ? `${formats().shortWeekday.format(at)} ${formats().time.format(at)}`
    : formats().dayMonth.format(at);
}

/** For a list row: the time today, the weekday within a week, else the day. */
export function listTime(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days <= 0) return formats().time.format(at);
  if (days < 7) return formats().shortWeekday.format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? formats().dayMonth.format(at)
    : formats().numericDay.format(at);
}

/** For a day separator: today, yesterday, the weekday within a week, else the date. */
export function dayName(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days === 0 || days === 1) {
    const word = formats().relative.format(-days, 'day');
    return word.charAt(0).toLocaleUpperCase(language()) + word.slice(1);
  }
  if (days > 1 && days < 7) return formats().weekday.format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? formats().longDay.format(at)
    : formats().longDayYear.format(at);
}

/** "1,204" */
export function count(value: number): string {
  return formats().number.format(value);
}

/** "42 %", in the manner of the language. */
export function percent(share: number): string {
  return formats().percent.format(share);
}

/** A short badge: 0 to 99, then "99+". */
export function badge(value: number): string {
  return value > 99 ? `${formats().number.format(99)}+` : formats().number.format(value);
}

/** Seconds as "0:07", "12:40" or "1:02:03". */
export function playTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const s = String(whole % 60).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${String(hours)}:${String(minutes).padStart(2, '0')}:${s}` : `${String(minutes)}:${s}`;
}

/** Bytes as "840 bytes", "12 kB", "1.4 MB" (steps of 1000, as file managers show them). */
export function fileSize(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(formatTag(), {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    // English writes "840 byte" in short.
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

/** "VIP, Refund and Urgent" */
export function listOf(names: ReadonlyArray<string>): string {
  return formats().list.format(names);
}

/** Money in the shop's currency; an unknown currency code is shown as it came. */
export function money(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(language(), { style: 'currency', currency }).format(amount);
  } catch (error) {
    if (error instanceof RangeError) return `${formats().number.format(amount)} ${currency}`;
    throw error;
  }
}

/**
 * What is left of a span of `ms`, rounded down so that it never promises more than there is: "23 h", "59 min", "under 1 min" is the
 * caller's word for null. Null when less than a minute is left.
 */
export function timeLeft(ms: number): string | null {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return null;
  return minutes >= 60 ? formats().hours.format(Math.floor(minutes / 60)) : formats().minutes.format(minutes);
}

/** A weekday, 0 is Sunday: "Mon" or "Monday". */
export function weekdayName(day: number, style: 'short' | 'long'): string {
  // 2024-09-01 was a Sunday; noon, so that no time zone moves it.
  const at = new Date(2024, 8, 1 + day, 12).getTime();
  return (style === 'short' ? formats().shortWeekday : formats().weekday).format(at);
}

/** The day on which a week begins here, 0 is Sunday. */
export function weekStart(): number {
  const locale = new Intl.Locale(formatTag()) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
  return (locale.getWeekInfo?.().firstDay ?? 1) % 7;
}

const STEPS = [
  ['day', DAY],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "3 hours ago", "yesterday"; beyond a month the date. */
export function relativeTime(at: number, now: number): string {
  const past = now - at;
  if (past > 30 * DAY) return formats().longDayYear.format(at);
  for (const [unit, length] of STEPS) {
    if (past >= length) return formats().relative.format(-Math.floor(past / length), unit);
  }
  return formats().relative.format(0, 'minute');
}

/** How long something has lasted: like `timeLeft`, in days from two days on. */
export function timePassed(ms: number): string | null {
  const days = Math.floor(ms / DAY);
  return days >= 2 ? formats().days.format(days) : timeLeft(ms);
}
