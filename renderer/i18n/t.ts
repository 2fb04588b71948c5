import { createInstance } from 'i18next';
import { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

const catalogue = createInstance();

void catalogue.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // Synchronous: the first paint already has its words.
  initAsync: false,
  // React escapes; escaping twice would show entities.
  interpolation: { escapeValue: false },
});

// Most strings take nothing; looking those up once is a good part of what a row of a list costs.
const plain = new Map<string, string>();

function translate(key: string, options?: Record<string, unknown>): string {
  const look = catalogue.t as unknown as (key: string, options?: Record<string, unknown>) => string;
  if (options !== undefined) return look(key, options);
  const known = plain.get(key);
  if (known !== undefined) return known;
  const found = look(key);
  plain.set(key, found);
  return found;
}

/** A string of the catalogue, filled in. A plain function rather than a hook: rows of virtual lists call it by the hundred. */
export const t = translate as unknown as typeof catalogue.t;

/** The language in use, as a BCP 47 tag; the formatters follow it. */
export function language(): string {
  return catalogue.language;
}
