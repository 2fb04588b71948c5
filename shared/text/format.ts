/**
 * WhatsApp's formatting as a tree: bold *, italic _, strikethrough ~, `inline code`, ```monospace```, lists, block quotes, and
 * links inside (WhatsApp help centre, "How to format your messages"). A marker works at the edge of a word, on one line, with no
 * space inside it; everything else is text. Nothing is ever lost: `sourceOf(parseFormat(text)) === text`.
 */
import type { FoundLink } from './links.ts';
import { parseInline } from './format-inline.ts';
import { fencesIn } from './format-scan.ts';

export type Style = 'bold' | 'italic' | 'strike';

export type Inline =
  | { type: 'text'; text: string }
  | { type: Style; marker: string; children: Inline[] }
  /** `marker` is ` (on one line) or ``` (may span lines: show it as a block when it does). */
  | { type: 'code'; marker: '`' | '```'; text: string }
  | { type: 'link'; link: FoundLink };

/** One line of a list or quote. `marker` is what stood before it, such as "- ", "12. " or "> ". */
export type Line = { marker: string; children: Inline[] };

/** A run of whole lines. Blocks follow each other with one line break between them, which belongs to neither. */
export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'quote'; lines: Line[] }
  /** `start`: the number of the first item of an ordered list. */
  | { type: 'list'; ordered: boolean; start: number; lines: Line[] };

const QUOTE = /^> (?=\S)/u;
const BULLET = /^[-*] (?=\S)/u;
const NUMBER = /^\d{1,4}\. (?=\S)/u;

type Kind = 'paragraph' | 'quote' | 'bullet' | 'number';

/** The tree of a message body. Never throws. */
export function parseFormat(text: string): Block[] {
  const blocks: Block[] = [];
  let plain: string[] = [];
  const flush = (): void => {
    if (plain.length > 0) blocks.push({ type: 'paragraph', children: parseInline(plain.join('\n')) });
    plain = [];
  };
  for (const line of logicalLines(text)) {
    const [kind, marker] = kindOf(line);
    if (kind === 'paragraph') {
      plain.push(line);
      continue;
    }
    const previous = plain.length > 0 ? undefined : blocks.at(-1);
    flush();
    const parsed: Line = { marker, children: parseInline(line.slice(marker.length)) };
    const open = openLines(previous, kind);
    if (open !== null) open.push(parsed);
    else if (kind === 'quote') blocks.push({ type: 'quote', lines: [parsed] });
    else {
      const ordered = kind === 'number';
      blocks.push({
        type: 'list',
        ordered,
        start: ordered ? Number.parseInt(marker, 10) : 1,
        lines: [parsed],
      });
    }
  }
  flush();
  return blocks;
}

/** The text that a tree was made of, markers included. */
export function sourceOf(blocks: readonly Block[]): string {
  return render(blocks, (marker) => marker);
}

/** The words without the markers of bold, italic, strikethrough and code; lists and quotes keep theirs. For previews. */
export function plainText(blocks: readonly Block[]): string {
  return render(blocks, () => '');
}

function render(blocks: readonly Block[], shown: (marker: string) => string): string {
  const inline = (nodes: readonly Inline[]): string => nodes.map(one).join('');
  const one = (node: Inline): string => {
    if (node.type === 'text') return node.text;
    if (node.type === 'link') return node.link.text;
    const inner = node.type === 'code' ? node.text : inline(node.children);
    return shown(node.marker) + inner + shown(node.marker);
  };
  return blocks
    .map((block) =>
      block.type === 'paragraph'
        ? inline(block.children)
        : block.lines.map((line) => line.marker + inline(line.children)).join('\n'),
    )
    .join('\n');
}

/** Lines; a line break inside ``` does not end one. */
function logicalLines(text: string): string[] {
  const fences = fencesIn(text);
  const lines: string[] = [];
  let from = 0;
  let fence = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    while ((fences[fence]?.end ?? Infinity) <= at) fence += 1;
    const around = fences[fence];
    if (around !== undefined && around.start < at) {
      at = around.end - 1;
      continue;
    }
    lines.push(text.slice(from, at));
    from = at + 1;
  }
  lines.push(text.slice(from));
  return lines;
}

function kindOf(line: string): [Kind, string] {
  const quote = QUOTE.exec(line)?.[0];
  if (quote !== undefined) return ['quote', quote];
  const bullet = BULLET.exec(line)?.[0];
  if (bullet !== undefined) return ['bullet', bullet];
  const number = NUMBER.exec(line)?.[0];
  return number === undefined ? ['paragraph', ''] : ['number', number];
}

function openLines(block: Block | undefined, kind: Kind): Line[] | null {
  if (block === undefined || block.type === 'paragraph') return null;
  if (block.type === 'quote') return kind === 'quote' ? block.lines : null;
  return kind === (block.ordered ? 'number' : 'bullet') ? block.lines : null;
}

/** True for a message of one to three emoji and nothing else: it is shown large. */
export function isEmojiOnly(body: string): boolean {
  const text = body.trim();
  if (text === '' || text.length > 32) return false;
  return /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*|\p{Regional_Indicator}{2}){1,3}$/u.test(
    text,
  );
}
