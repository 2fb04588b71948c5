import type { SelectOption } from '../../../ui/SelectField.tsx';
import { language } from '../../../i18n/t.ts';
import { languageName } from '../words.ts';

/** Languages that are offered: those that customers of our gateways write in most. Any other tag that is there stays choosable. */
const LANGUAGES = [
  'ar',
  'bg',
  'bn',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'et',
  'fa',
  'fi',
  'fr',
  'he',
  'hi',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'ms',
  'nb',
  'nl',
  'pl',
  'pt',
  'pt-BR',
  'pt-PT',
  'ro',
  'ru',
  'sk',
  'sl',
  'sr',
  'sv',
  'sw',
  'ta',
  'th',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh-Hans',
  'zh-Hant',
];

/** Languages by name. `current`: one that has to be among them. */
export function languageOptions(current: string | null): SelectOption[] {
  const tags = current === null || LANGUAGES.includes(current) ? LANGUAGES : [...LANGUAGES, current];
  return tags
    .map((value) => ({ value, label: languageName(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language()));
}

/** Time zones as this engine knows them. `current`: one that has to be among them. */
export function zoneOptions(current: string | null): SelectOption[] {
  const zones = Intl.supportedValuesOf('timeZone');
  const all = current === null || zones.includes(current) ? zones : [...zones, current];
  return all.map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
