import { expect, test } from 'vitest';
import type { Edited, InlineMarker, LineMarker } from './format-edit.ts';
import { prefixLines, wrapSelection } from './format-edit.ts';

/** The selection is written as [ and ], an empty one as |. */
function read(marked: string): Edited {
  const caret = marked.indexOf('|');
  if (caret !== -1) return { text: marked.replace('|', ''), start: caret, end: caret };
  return { text: marked.replace(/[[\]]/gu, ''), start: marked.indexOf('['), end: marked.indexOf(']') - 1 };
}
function write({ text, start, end }: Edited): string {
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`;
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}

test.each<[string, InlineMarker, string]>([
  ['a [b] c', '*', 'a *[b]* c'],
  ['a *[b]* c', '*', 'a [b] c'],
  ['a [*b*] c', '*', 'a [b] c'],
  ['a[ b ]c', '_', 'a _[b]_ c'],
  ['a | c', '*', 'a *|* c'],
  ['a *|* c', '*', 'a | c'],
  ['[one\n two\n\nthree]', '~', '[~one~\n ~two~\n\n~three~]'],
  ['[~one~\n ~two~]', '~', '[one\n two]'],
  ['[~one~\ntwo]', '~', '[~one~\n~two~]'],
  ['[one\ntwo]', '```', '```[one\ntwo]```'],
  ['```[x]```', '`', '```[`x`]```'],
  ['_[b]_', '*', '_*[b]*_'],
])('wraps %j with %s', (before, marker, after) => {
  const { text, start, end } = read(before);
  const result = write(wrapSelection(text, start, end, marker));
  // Inside ``` only the text counts.
  expect(result.replace(/[[\]]/gu, '')).toBe(after.replace(/[[\]]/gu, ''));
  if (marker !== '`') expect(result).toBe(after);
});

test('a selection made backwards is the same selection', () => {
  expect(wrapSelection('abc', 2, 1, '*')).toEqual(wrapSelection('abc', 1, 2, '*'));
});

test.each<[string, LineMarker, string]>([
  ['a\n[b\nc]\nd', '- ', 'a\n[- b\n- c]\nd'],
  ['[- b\n- c]', '- ', '[b\nc]'],
  ['[b\nc]', '1. ', '[1. b\n2. c]'],
  ['|', '> ', '> |'],
  ['[> a\nb]', '> ', '[> a\n> b]'],
])('puts before lines: %j with %j', (before, marker, after) => {
  const { text, start, end } = read(before);
  expect(write(prefixLines(text, start, end, marker))).toBe(after);
});
