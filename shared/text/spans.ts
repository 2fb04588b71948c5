/** The tree of format.ts as a flat list of spans, one line of text after the other. */
import type { Block, Inline, Style } from './format.ts';
import { parseFormat } from './format.ts';

export type Mark = Style | 'code';

/** `href`: an https or http address that the text spells out. */
export type Span = { readonly text: string; readonly marks: readonly Mark[]; readonly href: string | null };

/** Splits a message body into spans; the markers of lists and quotes stay as text. */
export function spansOf(body: string): Span[] {
  const spans: Span[] = [];
  for (const [index, block] of parseFormat(body).entries()) {
    if (index > 0) plain(spans, '\n');
    blockSpans(block, spans);
  }
  return spans;
}

function blockSpans(block: Block, spans: Span[]): void {
  if (block.type === 'paragraph') {
    inlineSpans(block.children, [], spans);
    return;
  }
  for (const [index, line] of block.lines.entries()) {
    plain(spans, (index > 0 ? '\n' : '') + line.marker);
    inlineSpans(line.children, [], spans);
  }
}

function inlineSpans(nodes: readonly Inline[], marks: readonly Mark[], spans: Span[]): void {
  for (const node of nodes) {
    if (node.type === 'text') spans.push({ text: node.text, marks, href: null });
    else if (node.type === 'code') spans.push({ text: node.text, marks: [...marks, 'code'], href: null });
    else if (node.type === 'link') {
      const { text } = node.link;
      spans.push({ text, marks, href: /^https?:/iu.test(text) ? text : null });
    } else inlineSpans(node.children, [...marks, node.type], spans);
  }
}

function plain(spans: Span[], text: string): void {
  spans.push({ text, marks: [], href: null });
}
