import { createInstance } from 'i18next';
import { withForms } from './catalogue.ts';
import { en } from './en.ts';
import type { Spoken } from './languages.ts';
import { load } from './languages.ts';

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

/** Counts the changes: of two languages asked for in a row the later one wins, whichever is loaded first. */
let asked = 0;
const listeners = new Set<() => void>();

/** Speaks another language from now on. Rejects when its catalogue cannot be loaded; then nothing changes. */
export async function speak(next: Spoken): Promise<void> {
  asked += 1;
  const mine = asked;
  if (next === catalogue.language) return;
  if (next !== 'en' && !catalogue.hasResourceBundle(next, 'translation')) {
    const { pluralCategories } = new Intl.PluralRules(next).resolvedOptions();
    const words = withForms(await load[next](), pluralCategories);
    catalogue.addResourceBundle(next, 'translation', words);
  }
  if (mine !== asked) return;
  await catalogue.changeLanguage(next);
  plain.clear();
  for (const listener of listeners) listener();
}

/** Tells after each change of the language. Returns a function that stops it. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
