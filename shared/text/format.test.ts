import { describe, expect, test } from 'vitest';
import type { Block, Inline } from './format.ts';
import { isEmojiOnly, parseFormat, plainText, sourceOf } from './format.ts';

/** The tree in short: b(…) i(…) s(…) c(…) a(…), blocks in brackets. */
function inline(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.text;
      if (node.type === 'link') return `a(${node.link.text})`;
      if (node.type === 'code') return `c(${node.text})`;
      return `${node.type[0] ?? ''}(${inline(node.children)})`;
    })
    .join('');
}
const block = (it: Block): string =>
  it.type === 'paragraph'
    ? inline(it.children)
    : `[${it.type === 'list' && it.ordered ? `list from ${it.start}` : it.type}: ${it.lines.map((line) => inline(line.children)).join(' | ')}]`;
const tree = (text: string): string => parseFormat(text).map(block).join('¶');

describe('inline', () => {
  test.each([
    ['a *bold* and _it_ ~no~', 'a b(bold) and i(it) s(no)'],
    ['2*3*4 snake_case_name', '2*3*4 snake_case_name'],
    ['* no* and *no *', '[list: no* and *no *]'],
    ['x * no*', 'x * no*'],
    ['(*bold*)! "_it_".', '(b(bold))! "i(it)".'],
    ['*bold*x', '*bold*x'],
    ['é*bold*', 'é*bold*'],
    ['**', '**'],
    ['*open', '*open'],
    ['*two\nlines*', '*two\nlines*'],
    ['*a _b ~c~_*', 'b(a i(b s(c)))'],
    ['_*~all~*_', 'i(b(s(all)))'],
    ['*a *b* c*', 'b(a *b) c*'],
    ['`*x*` and ```y\nz```', 'c(*x*) and c(y\nz)'],
    ['`not\ncode`', '`not\ncode`'],
    ['*a `b*c` d*', 'b(a c(b*c) d)'],
    ['``` ```', '``` ```'],
    ['🙂*b*🙂', '🙂b(b)🙂'],
    ['𝒳*b*', '𝒳*b*'],
  ])('%j', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  test.each([
    ['see https://a.example/x_y_z. ok', 'see a(https://a.example/x_y_z). ok'],
    ['_https://a.example/x_y_', 'i(a(https://a.example/x_y))'],
    ['*see https://a.example/*', 'b(see a(https://a.example/))'],
    ['*b.com* `c.com`', 'b(a(b.com)) c(c.com)'],
    ['https://a.example/_x_ _it_', 'a(https://a.example/_x_) i(it)'],
  ])('links in %j', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('blocks', () => {
  test.each([
    ['Bring:\n- *one*\n- two\nBye', 'Bring:¶[list: b(one) | two]¶Bye'],
    ['* one\n* two', '[list: one | two]'],
    ['3. c\n4. d', '[list from 3: c | d]'],
    ['- a\n1. b', '[list: a]¶[list from 1: b]'],
    ['> _said_\n> so\nyes', '[quote: i(said) | so]¶yes'],
    ['- a\n\n- b', '[list: a]¶¶[list: b]'],
    ['-no\n1.no\n>no\n- \n1234567. no', '-no\n1.no\n>no\n- \n1234567. no'],
    ['```\n- a\n> b\n```', 'c(\n- a\n> b\n)'],
    ['- a ```x\ny``` z\n- b', '[list: a c(x\ny) z | b]'],
  ])('%j', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

test('plain text drops the markers of words and keeps those of lines', () => {
  const text = '*Hi* _you_\n- `x`\n> ~q~';
  expect(plainText(parseFormat(text))).toBe('Hi you\n- x\n> q');
  expect(sourceOf(parseFormat(text))).toBe(text);
});

test.each([
  ['openers', '*a '.repeat(30_000)],
  ['all openers', '*a _b ~c `d '.repeat(15_000)],
  ['pairs', '*_~a~_* '.repeat(10_000)],
  ['backticks', '`'.repeat(60_000)],
  ['fences', '```a'.repeat(20_000)],
  ['lines', '- a\n> b\n'.repeat(10_000)],
])('hostile %s cost no more than the text is long', (_name, text) => {
  const before = process.cpuUsage();
  expect(sourceOf(parseFormat(text))).toBe(text);
  const { user, system } = process.cpuUsage(before);
  // Quadratic work over these takes minutes; the bound leaves room for a slow machine. Time of the processor: it may be busy.
  expect((user + system) / 1_000).toBeLessThan(4_000);
});

test('only emoji', () => {
  expect(isEmojiOnly('👍')).toBe(true);
  expect(isEmojiOnly('👩‍👩‍👧 🇩🇪')).toBe(false);
  expect(isEmojiOnly('👩‍👩‍👧🇩🇪')).toBe(true);
  expect(isEmojiOnly('12')).toBe(false);
});
