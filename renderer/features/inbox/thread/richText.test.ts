import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEmojiOnly, spansOf } from './richText.ts';

const flat = (body: string): string[] =>
  spansOf(body).map((span) => [span.text, ...span.marks, ...(span.href === null ? [] : ['link'])].join('|'));

test('markers at word boundaries format, others stay letters', () => {
  expect(flat('a *bold* and _it_ ~no~')).toEqual(['a ', 'bold|bold', ' and ', 'it|italic', ' ', 'no|strike']);
  expect(flat('2*3*4 snake_case_name')).toEqual(['2*3*4 snake_case_name']);
  expect(flat('* no* and *no *')).toEqual(['* no* and *no *']);
});

test('formats nest and code keeps its markers', () => {
  expect(flat('*a _b_*')).toEqual(['a |bold', 'b|bold|italic']);
  expect(flat('`*x*` ```y\nz```')).toEqual(['*x*|code', ' ', 'y\nz|code']);
});

test('links lose the full stop but keep markers inside', () => {
  expect(flat('see https://a.example/x_y_z. ok')).toEqual(['see ', 'https://a.example/x_y_z|link', '. ok']);
  expect(spansOf('javascript:alert(1)').every((span) => span.href === null)).toBe(true);
});

test('no input throws or loses a letter', () => {
  const piece = fc.constantFrom(
    '*',
    '_',
    '~',
    '`',
    '```',
    ' ',
    '\n',
    'a',
    'é',
    '🙂',
    'https://x.example/a',
    '.',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const body = pieces.join('');
      const kept = spansOf(body)
        .map((span) => span.text)
        .join('');
      const letters = (text: string): string => text.replace(/[*_~`]/gu, '');
      expect(letters(kept)).toBe(letters(body));
    }),
  );
});

test('only emoji', () => {
  expect(isEmojiOnly('👍')).toBe(true);
  expect(isEmojiOnly('👩‍👩‍👧 🇩🇪')).toBe(false);
  expect(isEmojiOnly('👩‍👩‍👧🇩🇪')).toBe(true);
  expect(isEmojiOnly('12')).toBe(false);
});
