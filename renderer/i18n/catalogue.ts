import type { en } from './en.ts';

/** The plural forms that some language of ours tells apart (CLDR). */
export const PLURALS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
type Plural = (typeof PLURALS)[number];

/**
 * The shape of a catalogue: the keys of the English one, and for each plural the forms that the language tells apart. Spanish and
 * Portuguese have a `many` (whole millions) that reads like `other`; it is filled in when the catalogue is loaded.
 */
export type Catalogue<Forms extends Plural, Tree = typeof en> = {
  readonly [
    Key in keyof Tree as Key extends `${infer Base}_${Plural}` ? `${Base}_${Forms}` : Key
  ]: Tree[Key] extends string ? string : Catalogue<Forms, Tree[Key]>;
};

export type TwoForms = Catalogue<'one' | 'other'>;
export type SixForms = Catalogue<Plural>;

/** Strings by key, as deep as it goes. */
export interface Words {
  readonly [key: string]: string | Words;
}

/** The same words with every plural form of the language: one that is missing reads like `other`. */
export function withForms(words: Words, forms: ReadonlyArray<string>): Words {
  const filled: Record<string, string | Words> = {};
  for (const [key, value] of Object.entries(words)) {
    filled[key] = typeof value === 'string' ? value : withForms(value, forms);
    if (typeof value !== 'string' || !key.endsWith('_other')) continue;
    const base = key.slice(0, -'_other'.length);
    for (const form of forms) {
      const name = `${base}_${form}`;
      if (!(name in words)) filled[name] = value;
    }
  }
  return filled;
}
