import type { ContactField } from '../../../shared/domain/contact-field.ts';
import { count, listOf } from '../../i18n/format.ts';
import { language, t } from '../../i18n/t.ts';
import { shownPhone } from '../../lib/phoneWords.ts';

/** A language's name in the language in use: "Portuguese (Brazil)". What is no tag is shown as it is. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([language()], { type: 'language' }).of(tag) ?? tag;
  } catch (error) {
    if (error instanceof RangeError) return tag;
    throw error;
  }
}

const days = new Map<string, Intl.DateTimeFormat>();

/** "3 March 2026". */
export function longDate(at: number): string {
  return dateFormat('long', undefined).format(at);
}

function dateFormat(style: 'long' | 'medium', timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${language()} ${style} ${timeZone ?? ''}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(language(), {
    dateStyle: style,
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  days.set(key, made);
  return made;
}

/** The value of a custom field as people read it. */
export function fieldWords(field: ContactField, value: string): string {
  switch (field.type) {
    case 'text':
    case 'link':
    case 'email':
      return value;
    case 'number': {
      const number = Number(value);
      return Number.isFinite(number) ? count(number) : value;
    }
    case 'date': {
      // A calendar day belongs to no time zone.
      const at = Date.parse(`${value}T00:00:00Z`);
      return Number.isNaN(at) ? value : dateFormat('medium', 'UTC').format(at);
    }
    case 'choice':
    case 'choices': {
      const ids = value.split(',');
      return listOf(field.choices.flatMap(({ id, name }) => (ids.includes(id) ? [name] : [])));
    }
    case 'boolean':
      return value === 'true' ? t('contacts.yes') : t('contacts.no');
    case 'phone':
      return shownPhone(value);
  }
}

/** Time of day somewhere else; null for a zone that is not known here. */
export function timeIn(timeZone: string, now: number): string | null {
  try {
    return new Intl.DateTimeFormat(language(), {
      weekday: 'short',
      hour: 'numeric',
      minute: '2-digit',
      timeZone,
    }).format(now);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
