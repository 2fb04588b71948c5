/** Where code stands in a text, which has to be known before lines and markers can be read. */

/** [start, end) in UTF-16 units, markers included. */
export type Range = { start: number; end: number };

/** Every ```monospace``` with something in it, in order. */
export function fencesIn(text: string): Range[] {
  const fences: Range[] = [];
  let start = text.indexOf('```');
  while (start !== -1) {
    const close = text.indexOf('```', start + 3);
    if (close === -1) break;
    if (text.slice(start + 3, close).trim() === '') {
      start = close;
      continue;
    }
    fences.push({ start, end: close + 3 });
    start = text.indexOf('```', close + 3);
  }
  return fences;
}

/** The `code` that begins at `start` with a single backtick and ends on the same line, or null. */
export function codeAt(text: string, start: number): Range | null {
  const close = text.indexOf('`', start + 1);
  if (close === -1) return null;
  const inner = text.slice(start + 1, close);
  return inner.trim() === '' || inner.includes('\n') ? null : { start, end: close + 1 };
}
