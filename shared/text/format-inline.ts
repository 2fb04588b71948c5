/** The inline part of WhatsApp's formatting: see format.ts. */
import type { Inline, Style } from './format.ts';
import { codeAt, fencesIn } from './format-scan.ts';
import type { Range } from './format-scan.ts';
import { findLinks } from './links.ts';
import type { FoundLink } from './links.ts';

const STYLES: Readonly<Record<string, Style>> = { '*': 'bold', _: 'italic', '~': 'strike' };

/** Formats a line or a paragraph. `inside`: the styles around it, each of which works once. */
export function parseInline(text: string, inside: readonly Style[] = []): Inline[] {
  return new InlineParser(text, inside).parse();
}

class InlineParser {
  readonly #text: string;
  readonly #inside: readonly Style[];
  readonly #out: Inline[] = [];
  /** Code by its start, and links in order. */
  readonly #code: ReadonlyMap<number, Range>;
  readonly #links: readonly FoundLink[];
  /** 1 where a marker cannot close: in code, and in a link before its last character. */
  readonly #taken: Uint8Array;
  /** By marker: up to here it is known that none closes. Keeps a text of many openers linear. */
  readonly #noneBefore = new Map<string, number>();
  #nextLink = 0;
  #plainFrom = 0;

  constructor(text: string, inside: readonly Style[]) {
    this.#text = text;
    this.#inside = inside;
    this.#code = codeIn(text);
    this.#links = findLinks(text);
    this.#taken = new Uint8Array(text.length);
    for (const link of this.#links) this.#taken.fill(1, link.start, link.end - 1);
    for (const { start, end } of this.#code.values()) this.#taken.fill(1, start, end);
  }

  parse(): Inline[] {
    let index = 0;
    while (index < this.#text.length) index = this.#step(index);
    this.#flush(this.#text.length);
    return this.#out;
  }

  /** Reads what begins at `index`; answers where to go on. */
  #step(index: number): number {
    const code = this.#code.get(index);
    if (code !== undefined) {
      const marker = this.#text.startsWith('```', index) ? '```' : '`';
      const text = this.#text.slice(index + marker.length, code.end - marker.length);
      return this.#put({ type: 'code', marker, text }, code);
    }
    while ((this.#links[this.#nextLink]?.start ?? Infinity) < index) this.#nextLink += 1;
    const link = this.#links[this.#nextLink];
    if (link?.start === index) return this.#put({ type: 'link', link }, link);
    const marker = this.#text[index] ?? '';
    const style = STYLES[marker];
    if (style === undefined || this.#inside.includes(style)) return index + 1;
    const close = this.#closing(index, marker);
    if (close === -1) return index + 1;
    const children = parseInline(this.#text.slice(index + 1, close), [...this.#inside, style]);
    return this.#put({ type: style, marker, children }, { start: index, end: close + 1 });
  }

  #put(node: Inline, range: Range): number {
    this.#flush(range.start);
    this.#out.push(node);
    this.#plainFrom = range.end;
    return range.end;
  }

  #flush(to: number): void {
    if (to > this.#plainFrom) this.#out.push({ type: 'text', text: this.#text.slice(this.#plainFrom, to) });
  }

  /** Index of the marker that closes the one at `open`, or -1: same line, no space at its ends, the edge of a word outside. */
  #closing(open: number, marker: string): number {
    if (isWordBefore(this.#text, open)) return -1;
    const after = this.#text[open + 1];
    if (after === undefined || after === marker || /\s/u.test(after)) return -1;
    const none = this.#noneBefore.get(marker) ?? 0;
    let index = Math.max(open + 2, none);
    for (; index < this.#text.length; index += 1) {
      const symbol = this.#text[index];
      if (symbol === '\n') break;
      if (symbol !== marker || this.#taken[index] === 1 || /\s/u.test(this.#text[index - 1] ?? ' ')) continue;
      if (!isWordAfter(this.#text, index + 1)) return index;
    }
    this.#noneBefore.set(marker, index);
    return -1;
  }
}

function codeIn(text: string): Map<number, Range> {
  const found = new Map<number, Range>();
  const fences = fencesIn(text);
  let fence = 0;
  for (let at = text.indexOf('`'); at !== -1; at = text.indexOf('`', at)) {
    while ((fences[fence]?.start ?? Infinity) < at) fence += 1;
    const next = fences[fence];
    const single = next?.start === at ? null : codeAt(text, at);
    // A single backtick does not reach over the beginning of a ``` block.
    const range =
      next?.start === at ? next : single !== null && single.end <= (next?.start ?? Infinity) ? single : null;
    if (range !== null) found.set(range.start, range);
    at = range?.end ?? at + 1;
  }
  return found;
}

const WORD = /[\p{L}\p{N}]/u;
const WORD_AT = /[\p{L}\p{N}]/uy;

function isWordBefore(text: string, index: number): boolean {
  const before = text.codePointAt(index - 2) ?? 0;
  // A letter beyond the basic plane is two units.
  const letter = before > 0xffff && index > 1 ? String.fromCodePoint(before) : (text[index - 1] ?? ' ');
  return index > 0 && WORD.test(letter);
}

function isWordAfter(text: string, index: number): boolean {
  WORD_AT.lastIndex = index;
  return WORD_AT.test(text);
}
