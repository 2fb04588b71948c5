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

/** A string of the catalogue, filled in. A plain function rather than a hook: rows of virtual lists call it by the hundred. */
export const t = catalogue.t;

/** The language in use, as a BCP 47 tag; the formatters follow it. */
export function language(): string {
  return catalogue.language;
}
