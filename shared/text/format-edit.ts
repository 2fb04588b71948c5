/** The composer's formatting shortcuts: what a marker does to a text and its selection. */

export type InlineMarker = '*' | '_' | '~' | '`' | '```';
export type LineMarker = '- ' | '1. ' | '> ';

/** A text with its selection, as [start, end) in UTF-16 units. */
export type Edited = { text: string; start: number; end: number };

/**
 * Puts a marker around the selection, or takes it away where it is already there (just outside or just inside). Spaces at the
 * ends stay outside, because a marker beside a space is no marker; a selection over lines is marked line by line, except with
 * ```. An empty selection gets a pair with the caret between.
 */
export function wrapSelection(text: string, start: number, end: number, marker: InlineMarker): Edited {
  const [from, to] = [Math.min(start, end), Math.max(start, end)];
  if (isMarked(text, from, to, marker)) return unwrapOutside(text, from, to, marker);
  const selected = text.slice(from, to);
  const lead = from + (selected.length - selected.trimStart().length);
  const body = selected.trim();
  if (body === '') return replace(text, from, to, marker + selected + marker, marker.length, selected.length);
  const last = lead + body.length;
  if (isMarked(text, lead, last, marker)) return unwrapOutside(text, lead, last, marker);
  if (marker === '```' || !body.includes('\n')) {
    if (isWrapped(body, marker)) return replace(text, lead, last, strip(body, marker), 0, null);
    return replace(text, lead, last, marker + body + marker, marker.length, body.length);
  }
  const lines = body.split('\n');
  const all = lines.every((line) => line.trim() === '' || isWrapped(line.trim(), marker));
  const changed = lines.map((line) => onLine(line, marker, all)).join('\n');
  return replace(text, lead, last, changed, 0, null);
}

/** Puts a marker before each line that the selection touches, or takes it away where all have it. Numbers count up. */
export function prefixLines(text: string, start: number, end: number, marker: LineMarker): Edited {
  const first = Math.min(start, end);
  const from = first === 0 ? 0 : text.lastIndexOf('\n', first - 1) + 1;
  const stop = text.indexOf('\n', Math.max(start, end));
  const to = stop === -1 ? text.length : stop;
  const lines = text.slice(from, to).split('\n');
  const own = marker === '1. ' ? /^\d{1,4}\. /u : marker === '> ' ? /^> /u : /^[-*] /u;
  const all = lines.every((line) => own.test(line));
  const changed = lines
    .map((line, index) => {
      if (all) return line.replace(own, '');
      return (marker === '1. ' ? `${index + 1}. ` : marker) + line.replace(own, '');
    })
    .join('\n');
  const result = replace(text, from, to, changed, 0, null);
  return start === end ? { ...result, start: result.end } : result;
}

function onLine(line: string, marker: string, all: boolean): string {
  const body = line.trim();
  if (body === '') return line;
  const at = line.indexOf(body);
  const wrapped = all ? strip(body, marker) : isWrapped(body, marker) ? body : marker + body + marker;
  return line.slice(0, at) + wrapped + line.slice(at + body.length);
}

function isWrapped(text: string, marker: string): boolean {
  if (text.length <= marker.length * 2 || !text.startsWith(marker) || !text.endsWith(marker)) return false;
  // A single backtick beside another belongs to ```.
  return marker !== '`' || (text[1] !== '`' && text.at(-2) !== '`');
}

function strip(text: string, marker: string): string {
  return text.slice(marker.length, text.length - marker.length);
}

function isMarked(text: string, from: number, to: number, marker: string): boolean {
  const size = marker.length;
  if (text.slice(Math.max(0, from - size), from) !== marker || text.slice(to, to + size) !== marker)
    return false;
  return marker !== '`' || (text[from - 2] !== '`' && text[to + 1] !== '`');
}

function unwrapOutside(text: string, from: number, to: number, marker: string): Edited {
  const size = marker.length;
  return {
    text: text.slice(0, from - size) + text.slice(from, to) + text.slice(to + size),
    start: from - size,
    end: to - size,
  };
}

/** Replaces [from, to). The new selection begins `lead` after `from` and is `length` long (null: the whole replacement). */
function replace(
  text: string,
  from: number,
  to: number,
  by: string,
  lead: number,
  length: number | null,
): Edited {
  const start = from + lead;
  return { text: text.slice(0, from) + by + text.slice(to), start, end: start + (length ?? by.length) };
}
