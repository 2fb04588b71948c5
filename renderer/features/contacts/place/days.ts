import { language } from '../../../i18n/t.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** A day as people write it: "3 Mar 2026". */
export function dayWords(at: number): string {
  return formatOf({ dateStyle: 'medium' }).format(at);
}

/** A day and the time: "3 Mar 2026, 14:05". */
export function momentWords(at: number): string {
  return formatOf({ dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

function formatOf(style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language()} ${style.timeStyle ?? ''}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(language(), style);
  formats.set(key, made);
  return made;
}

/** A moment as the platform's picker writes it, in local time. */
export function pickerValue(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What a picker says, in epoch ms; null: nothing that could be a moment. */
export function pickedTime(value: string): number | null {
  const at = value === '' ? Number.NaN : new Date(value).getTime();
  return Number.isNaN(at) ? null : at;
}
