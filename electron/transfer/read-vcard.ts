/**
 * vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) as a stream of cards. Never throws for what a file holds; ends with `end` or `failed`.
 * Our own parser: those on the registry read whole strings, and none reads all three versions.
 */
import { inspect } from './inspect.ts';
import { MAX_LINE_BYTES, MAX_ROWS } from './limits.ts';
import type { Ending, RowNote, RowProblem, RowReason } from './problems.ts';
import { FileFault, failed } from './problems.ts';
import type { ImportSource } from './source.ts';
import type { PhysicalLine } from './vcard-lines.ts';
import { physicalLines } from './vcard-lines.ts';
import type { VcardProperty } from './vcard-property.ts';
import { parseProperty } from './vcard-property.ts';

export type VcardOptions = { encoding?: string | null; onBytes?: (read: number) => void };

/** `line` is that of BEGIN. `version` is as the card says, or 3.0 where it does not. */
export type Vcard = { type: 'card'; line: number; version: string; properties: VcardProperty[] };
export type VcardItem = Vcard | RowProblem | RowNote | Ending;

/** Reads a file card by card. Pictures, sounds and keys are passed over with the note `media_skipped`, however long they are. */
export async function* readVcard(
  source: ImportSource,
  options: VcardOptions = {},
): AsyncGenerator<VcardItem, void, undefined> {
  try {
    const encoding = options.encoding ?? (await inspect(source)).encoding;
    const assembly = new CardAssembly(encoding);
    for await (const batch of physicalLines(source, encoding, options.onBytes)) {
      for (const line of batch) {
        assembly.push(line);
        if (assembly.items.length > 0) yield* assembly.take();
      }
    }
    assembly.finish();
    yield* assembly.take();
    yield { type: 'end', rows: assembly.cards };
  } catch (error) {
    yield failed(error);
  }
}

const MEDIA = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);

/** An unfolded line on its way, in parts: `skipped` when it is a picture or the like, whose value is not kept. */
type Logical = {
  parts: string[];
  size: number;
  line: number;
  quotedPrintable: boolean;
  base64: boolean;
  skipped: string | null;
};
type OpenCard = { card: Vcard; size: number; tooLarge: boolean; nested: number };

/** Puts lines together to cards. Synchronous: one line in, any number of items out. */
class CardAssembly {
  items: VcardItem[] = [];
  cards = 0;
  readonly #encoding: string;
  #current: Logical | null = null;
  #open: OpenCard | null = null;

  constructor(encoding: string) {
    this.#encoding = encoding;
  }

  take(): VcardItem[] {
    const taken = this.items;
    this.items = [];
    return taken;
  }

  push(line: PhysicalLine): void {
    if (line.text.includes('\0')) throw new FileFault('nul_bytes', line.line);
    if (this.#current !== null && this.#continues(this.#current, line)) return;
    this.#flush();
    this.#current = logicalOf(line);
  }

  finish(): void {
    this.#flush();
    if (this.#open !== null) this.#problem(this.#open.card.line, 'END', 'card_not_closed');
    else if (this.cards === 0) throw new FileFault('not_vcard');
  }

  #continues(current: Logical, line: PhysicalLine): boolean {
    const last = current.parts.at(-1) ?? '';
    const soft = current.quotedPrintable && last.endsWith('=') && current.skipped === null;
    const folded = /^[ \t]/u.test(line.text);
    // Base64 of vCard 2.1 goes on until an empty line, and not everyone indents it.
    const unindented = current.base64 && line.text !== '' && !line.text.includes(':');
    if (!soft && !folded && !unindented) return false;
    if (current.skipped !== null) return true;
    current.size += line.text.length;
    if (line.truncated || current.size > MAX_LINE_BYTES) throw new FileFault('line_too_long', line.line);
    if (soft) current.parts[current.parts.length - 1] = last.slice(0, -1);
    // vCard 2.1 folds before white space that stays; the others add one character that goes.
    const kept = soft || this.#open?.card.version === '2.1' ? line.text : line.text.slice(1);
    current.parts.push(kept);
    return true;
  }

  #flush(): void {
    const current = this.#current;
    this.#current = null;
    if (current === null) return;
    const text = current.parts.join('');
    if (text.trim() === '') return;
    const marker = /^[ \t]*(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*$/iu.exec(text)?.[1]?.toUpperCase();
    if (marker === 'BEGIN') this.#begin(current.line);
    else if (marker === 'END') this.#end();
    else if (this.#open !== null && this.#open.nested === 0) this.#property(this.#open, current, text);
  }

  #begin(line: number): void {
    const open = this.#open;
    if (open !== null) {
      // vCard 2.1 puts the card of an assistant inside.
      if (open.card.properties.at(-1)?.name === 'AGENT' || open.nested > 0) {
        open.nested += 1;
        return;
      }
      this.#problem(open.card.line, 'END', 'card_not_closed');
    }
    this.cards += 1;
    if (this.cards > MAX_ROWS) throw new FileFault('too_many_rows', line);
    const card: Vcard = { type: 'card', line, version: '3.0', properties: [] };
    this.#open = { card, size: 0, tooLarge: false, nested: 0 };
  }

  #end(): void {
    const open = this.#open;
    if (open === null) return;
    if (open.nested > 0) {
      open.nested -= 1;
      return;
    }
    this.#open = null;
    if (open.tooLarge) this.#problem(open.card.line, null, 'card_too_large');
    else this.items.push(open.card);
  }

  #property(open: OpenCard, current: Logical, text: string): void {
    if (current.skipped !== null) {
      this.items.push({ type: 'note', line: current.line, column: current.skipped, reason: 'media_skipped' });
      return;
    }
    // Small properties cost more than their letters.
    open.size += text.length + 64;
    open.tooLarge ||= open.size > MAX_LINE_BYTES;
    if (open.tooLarge) {
      open.card.properties.length = 0;
      return;
    }
    const property = parseProperty(text, current.line, this.#encoding);
    if (property === null) {
      this.items.push({ type: 'note', line: current.line, column: null, reason: 'broken_line' });
      return;
    }
    if (property.unknownCharset) {
      this.items.push({ type: 'note', line: current.line, column: property.name, reason: 'unknown_charset' });
    }
    if (property.name === 'VERSION') open.card.version = property.value.trim();
    open.card.properties.push(property);
  }

  #problem(line: number, column: string | null, reason: RowReason): void {
    this.items.push({ type: 'problem', line, column, position: null, reason });
    this.#open = null;
  }
}

function logicalOf({ text, line, truncated }: PhysicalLine): Logical {
  const colon = text.indexOf(':');
  // What stands between quotes is a name or a label, whatever it looks like.
  const head = (colon === -1 ? text : text.slice(0, colon)).replaceAll(/"[^"]*(?:"|$)/gu, '').toUpperCase();
  const name = /^(?:[^;:.]*\.)?([A-Z0-9-]+)/u.exec(head)?.[1] ?? '';
  const base64 = /;(?:ENCODING=)?(?:BASE64|B)(?:;|$)/u.test(head);
  const skipped = MEDIA.has(name) || base64 ? name : null;
  if (truncated && skipped === null) throw new FileFault('line_too_long', line);
  const quotedPrintable = /;(?:ENCODING=)?QUOTED-PRINTABLE(?:;|$)/u.test(head);
  const kept = skipped === null ? text : text.slice(0, 256);
  return { parts: [kept], size: text.length, line, quotedPrintable, base64, skipped };
}
