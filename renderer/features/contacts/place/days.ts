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
