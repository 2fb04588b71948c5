import type { Language } from '../../shared/contract/settings.ts';
import type { Words } from './catalogue.ts';

/** The languages that there is a catalogue for. */
export type Spoken = Exclude<Language, 'system'>;

/** Each by its own name: who cannot read the language in use must still find theirs. */
export const NAMES: Readonly<Record<Spoken, string>> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  'pt-BR': 'Português (Brasil)',
  ar: 'العربية',
};

/** Loaded when first spoken; English is always there. */
export const load: Readonly<Record<Exclude<Spoken, 'en'>, () => Promise<Words>>> = {
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  'pt-BR': async () => (await import('./pt-BR.ts')).ptBR,
  ar: async () => (await import('./ar.ts')).ar,
};

/** What emoji are called; loaded when they are first looked for. English names are in the list itself. */
export const loadEmoji: Readonly<Record<Exclude<Spoken, 'en'>, () => Promise<string>>> = {
  de: async () => (await import('./emoji/de.ts')).words,
  es: async () => (await import('./emoji/es.ts')).words,
  'pt-BR': async () => (await import('./emoji/pt-BR.ts')).words,
  ar: async () => (await import('./emoji/ar.ts')).words,
};

/** The language that a person gets: the one chosen, else the first of the system's (BCP 47) that we speak, else English. */
export function spokenOf(chosen: Language, preferred: ReadonlyArray<string>): Spoken {
  if (chosen !== 'system') return chosen;
  for (const tag of preferred) {
    const [word = ''] = tag.toLowerCase().split('-');
    if (word === 'en' || word === 'de' || word === 'es' || word === 'ar') return word;
    if (word === 'pt') return 'pt-BR';
  }
  return 'en';
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
