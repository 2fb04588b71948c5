import { expect, test } from 'vitest';
import { spansOf } from './spans.ts';

const flat = (body: string): string[] =>
  spansOf(body).map((span) => [span.text, ...span.marks, ...(span.href === null ? [] : ['link'])].join('|'));

test('formats nest and code keeps its markers', () => {
  expect(flat('*a _b_*')).toEqual(['a |bold', 'b|bold|italic']);
  expect(flat('`*x*` ```y\nz```')).toEqual(['*x*|code', ' ', 'y\nz|code']);
});

test('lists and quotes keep their markers as text', () => {
  expect(flat('a\n- *b*\n- c').join('')).toBe('a\n- b|bold\n- c');
});

test('only what is written with a scheme is a link here, and no other scheme than http and https', () => {
  expect(flat('see https://a.example/x. b.com')).toEqual(['see ', 'https://a.example/x|link', '. ', 'b.com']);
  expect(spansOf('javascript:alert(1)').every((span) => span.href === null)).toBe(true);
});
