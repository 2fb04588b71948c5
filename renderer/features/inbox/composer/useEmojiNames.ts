import { useEffect, useState } from 'react';
import { loadEmoji } from '../../../i18n/languages.ts';
import { language } from '../../../i18n/t.ts';
import type { EmojiNames } from './emojiList.ts';
import { namesOf } from './emojiList.ts';

const known = new Map<string, EmojiNames>();

/** What emoji are called in the language in use; null in English, and until they are there. */
export function useEmojiNames(): EmojiNames | null {
  const spoken = language();
  const [names, setNames] = useState(() => known.get(spoken) ?? null);
  useEffect(() => {
    if (names !== null || !Object.hasOwn(loadEmoji, spoken)) return undefined;
    let over = false;
    loadEmoji[spoken as keyof typeof loadEmoji]().then(
      (source) => {
        const made = namesOf(source);
        known.set(spoken, made);
        if (!over) setNames(made);
      },
      // A part of the page that cannot be read: the English words still find them.
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [names, spoken]);
  return names;
}
