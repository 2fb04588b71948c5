import { expect, test } from 'vitest';
import { EMOJI, findEmoji } from './emojiList.ts';

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
