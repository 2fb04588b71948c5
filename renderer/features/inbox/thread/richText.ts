/**
 * WhatsApp's inline formatting and web links as a flat list of spans. Never throws, never loses a letter: the texts of the spans
 * and the markers that were taken away make up the input again.
 */
export type Mark = 'bold' | 'italic' | 'strike' | 'code';

export interface Span {
  readonly text: string;
  readonly marks: ReadonlyArray<Mark>;
  /** An https or http address, when this span is one. */
  readonly href: string | null;
}

const MARKS: Readonly<Record<string, Mark>> = { '*': 'bold', _: 'italic', '~': 'strike' };
const LINK = /\bhttps?:\/\/[^\s<>"'`]+/giu;
const LINK_HERE = /https?:\/\/[^\s<>"'`]+/iuy;
const TRAILING = /[.,!?;:)\]}'"*_~]+$/u;
// Markers nest; a hostile message must not nest the parser's stack with them.
const MAX_DEPTH = 4;

/** Splits a message body into spans. */
export function spansOf(body: string): Span[] {
  const spans: Span[] = [];
  inline(body, [], spans);
  return spans;
}

function inline(text: string, marks: ReadonlyArray<Mark>, out: Span[]): void {
  let plainFrom = 0;
  let index = 0;
  const flush = (to: number): void => {
    if (to > plainFrom) links(text.slice(plainFrom, to), marks, out);
  };
  while (index < text.length) {
    const fence = text.startsWith('```', index) ? '```' : text[index] === '`' ? '`' : null;
    if (fence !== null) {
      const end = text.indexOf(fence, index + fence.length);
      const inner = end === -1 ? '' : text.slice(index + fence.length, end);
      if (inner.trim() !== '' && (fence === '```' || !inner.includes('\n'))) {
        flush(index);
        out.push({ text: inner, marks: [...marks, 'code'], href: null });
        index = end + fence.length;
        plainFrom = index;
        continue;
      }
      index += fence.length;
      continue;
    }
    if (text.startsWith('http', index) && opensWord(text, index)) {
      // An address may hold markers; they are part of it.
      LINK_HERE.lastIndex = index;
      const match = LINK_HERE.exec(text);
      if (match !== null) {
        index += match[0].length;
        continue;
      }
    }
    const mark = MARKS[text[index] ?? ''];
    const end =
      mark === undefined || marks.length >= MAX_DEPTH || marks.includes(mark) ? -1 : closing(text, index);
    if (mark === undefined || end === -1) {
      index += 1;
      continue;
    }
    flush(index);
    inline(text.slice(index + 1, end), [...marks, mark], out);
    index = end + 1;
    plainFrom = index;
  }
  flush(text.length);
}

/** Index of the marker that closes the one at `open`, or -1: same line, no space inside its ends, a word boundary outside. */
function closing(text: string, open: number): number {
  const marker = text[open];
  if (marker === undefined || !opensWord(text, open)) return -1;
  const after = text[open + 1];
  if (after === undefined || /\s/u.test(after) || after === marker) return -1;
  for (let index = open + 2; index < text.length; index += 1) {
    const symbol = text[index];
    if (symbol === '\n') return -1;
    if (symbol !== marker || /\s/u.test(text[index - 1] ?? ' ')) continue;
    const next = text[index + 1];
    if (next === undefined || !/[\p{L}\p{N}]/u.test(next)) return index;
  }
  return -1;
}

function opensWord(text: string, index: number): boolean {
  const before = text[index - 1];
  return before === undefined || !/[\p{L}\p{N}]/u.test(before);
}

function links(text: string, marks: ReadonlyArray<Mark>, out: Span[]): void {
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(TRAILING, '');
    if (!URL.canParse(address)) continue;
    if (match.index > from) out.push({ text: text.slice(from, match.index), marks, href: null });
    out.push({ text: address, marks, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) out.push({ text: text.slice(from), marks, href: null });
}

/** True for a message of one to three emoji and nothing else: it is shown large. */
export function isEmojiOnly(body: string): boolean {
  const text = body.trim();
  if (text === '' || text.length > 32) return false;
  return /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*|\p{Regional_Indicator}{2}){1,3}$/u.test(
    text,
  );
}
