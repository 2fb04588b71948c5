/** Several values in one cell, parted by ` ::: ` as other address books do, and tuples parted by `|`; both can be taken apart again exactly. */

const SEPARATOR = ' ::: ';

/** Items are not empty. */
export function joinList(items: readonly string[]): string {
  return items.map((item) => item.replace(/\\/gu, '\\\\').replace(/(^| ):/gu, '$1\\:')).join(SEPARATOR);
}

/** What joinList was given. */
export function splitList(cell: string): string[] {
  if (cell === '') return [];
  return cell.split(SEPARATOR).map((item) => item.replace(/\\([\\:])/gu, '$1'));
}

/** Null and the empty string are one. */
export function joinTuple(parts: readonly (string | null)[]): string {
  return parts.map((part) => (part ?? '').replace(/[\\|]/gu, '\\$&')).join('|');
}

/** `length` parts, missing and empty ones null. */
export function splitTuple(text: string, length: number): (string | null)[] {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '|') {
      parts.push(part);
      part = '';
    } else if (char === '\\' && at + 1 < text.length) {
      at += 1;
      part += text.charAt(at);
    } else {
      part += char;
    }
  }
  parts.push(part);
  return Array.from({ length }, (_, index) => (parts[index] ?? '') || null);
}
