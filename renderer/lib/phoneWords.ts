import type { FieldProblem } from '../../shared/domain/contact-field.ts';
import { formatPhoneFor, parsePhone } from '../../shared/text/phone.ts';
import { language, t } from '../i18n/t.ts';

/** ISO 3166 code of the country that this machine's language settings name: where a number counts as being at home. */
export function homeRegion(): string {
  const tags = typeof navigator === 'undefined' ? ['en'] : navigator.languages;
  for (const tag of tags) {
    const { region } = new Intl.Locale(tag);
    if (region !== undefined && /^[A-Z]{2}$/u.test(region)) return region;
  }
  return new Intl.Locale(tags[0] ?? 'en').maximize().region ?? 'US';
}

/** A country's name in the language in use; its code where there is none. */
export function countryName(region: string): string {
  return new Intl.DisplayNames([language()], { type: 'region' }).of(region) ?? region;
}

// Reading a number costs some hundred times more than finding it here, and a table shows the same ones over and over.
const shown = new Map<string, string>();
const MOST_SHOWN = 4_000;

/** A number as somebody here expects it: nationally at home, internationally abroad. */
export function shownPhone(e164: string): string {
  const known = shown.get(e164);
  if (known !== undefined) return known;
  if (shown.size >= MOST_SHOWN) shown.clear();
  const words = formatPhoneFor(e164, homeRegion());
  shown.set(e164, words);
  return words;
}

/** What is wrong with a number, with the country that it seems to be of; null when nothing is. */
export function phoneMistake(typed: string): string | null {
  const parsed = parsePhone(typed, homeRegion());
  if (parsed.ok) return null;
  const { problem, region } = parsed;
  if (region === null || problem === 'not_a_number' || problem === 'unknown_country') {
    return t(`person.mistake.phone.${problem}`);
  }
  return t(`person.mistake.phoneIn.${problem}`, { country: countryName(region) });
}

/** Why a typed value does not fit its field. */
export function valueMistake(problem: FieldProblem, typed: string): string {
  switch (problem) {
    case 'too_long':
    case 'not_a_number':
    case 'not_a_date':
    case 'not_a_choice':
    case 'not_yes_or_no':
    case 'not_a_link':
    case 'not_an_email':
      return t(`person.mistake.${problem}`);
    default:
      return phoneMistake(typed) ?? t('person.mistake.phone.not_a_number');
  }
}
