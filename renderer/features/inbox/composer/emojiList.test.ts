import { expect, test } from 'vitest';
import { loadEmoji } from '../../../i18n/languages.ts';
import { EMOJI, findEmoji, nameOf, namesOf } from './emojiList.ts';

test('every entry is one emoji with words, and none comes twice', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { char, words } of EMOJI) {
    expect([...segmenter.segment(char)]).toHaveLength(1);
    expect(/\p{Emoji}/u.test(char)).toBe(true);
    expect(words).not.toBe('');
  }
  expect(new Set(EMOJI.map(({ char }) => char)).size).toBe(EMOJI.length);
});

test('found by the beginnings of its words', () => {
  expect(findEmoji('thumbs').map(({ char }) => char)).toEqual(['👍', '👎']);
  expect(findEmoji('Up thu').map(({ char }) => char)).toEqual(['👍']);
  expect(findEmoji(':tada:').map(({ char }) => char)).toEqual(['🎉']);
  expect(findEmoji('zzzzz')).toEqual([]);
  expect(findEmoji(' ')).toBe(EMOJI);
});

test('every language has a name for every emoji, and finds it by that and in English', async () => {
  const party: Record<keyof typeof loadEmoji, string> = {
    de: 'konfetti',
    es: 'fiesta',
    'pt-BR': 'festa',
    ar: 'احتفال',
  };
  for (const [language, load] of Object.entries(loadEmoji)) {
    const names = namesOf(await load());
    expect(EMOJI.filter(({ char }) => (names.get(char)?.name ?? '') === '')).toEqual([]);
    const word = party[language as keyof typeof loadEmoji];
    expect(findEmoji(word, names).map(({ char }) => char)).toContain('🎉');
    expect(findEmoji('tada', names).map(({ char }) => char)).toEqual(['🎉']);
  }
  const german = namesOf(await loadEmoji.de());
  const [up] = findEmoji('Daumen hoch', german);
  expect(up === undefined ? '' : nameOf(up, german)).toBe('Daumen hoch');
  // Accents do not have to be typed.
  expect(findEmoji('frohlich', german).length).toBeGreaterThan(3);
});
