import { expect, test } from 'vitest';
import { foldWord, indexText, tokenize } from './fold.ts';

const words = (text: string): string[] => tokenize(text).map((token) => token.text);

test('case, accents and width do not matter', () => {
  expect(words('Café ÉCOLE ﬁne Ｗｉｄｅ naïve')).toEqual(['cafe', 'ecole', 'fine', 'wide', 'naive']);
  expect(foldWord('e\u0301')).toBe('e');
  expect(foldWord('İstanbul')).toBe('istanbul');
  expect(words('Sørensen Łukasz Æsir Weiß Đorđe')).toEqual(['sorensen', 'lukasz', 'aesir', 'weiss', 'dorde']);
});

test('marks that are part of a letter stay: Indic vowels, kana voicing, Hangul', () => {
  expect(words('हिन्दी')).toEqual(['हिन्दी']);
  expect(words('한국어 김치')).toEqual(['한국어', '김치']);
  expect(words('がく')).not.toEqual(words('かく'));
});

test('scripts without spaces become pairs and a last character', () => {
  expect(words('我喜欢猫')).toEqual(['我喜', '喜欢', '欢猫', '猫']);
  expect(words('abc猫 9匹')).toEqual(['abc', '猫', '9', '匹']);
});

test('offsets point at the original text', () => {
  const text = 'Grüße, Zoë – 東京!';
  for (const { start, end } of tokenize(text)) expect(text.slice(start, end)).toMatch(/^[\p{L}\p{M}]+$/u);
  expect(tokenize(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'Grüße',
    'Zoë',
    '東京',
    '京',
  ]);
});

test('ASCII goes into the index as it is, the rest folded', () => {
  expect(indexText('Hello, World')).toBe('Hello, World');
  expect(indexText('Hëllo, Wörld')).toBe('hello world');
  expect(indexText('\u0000\ud800')).toBe('');
});
