/** The columns of a CSV file. */

/**
 * `key` is what a remembered mapping holds on to: the header, made unique (`Phone`, `Phone (2)`), or `#3` for a third column without one.
 * `position` counts from 1, `raw` is the header's cell untrimmed.
 */
export type Column = { position: number; header: string | null; key: string; raw: string };

/** Columns out of the header's cells. Missing headers are null, repeated ones get different keys. */
export function columnsOf(cells: readonly string[]): Column[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const header = cell.trim();
    const position = index + 1;
    const base = header === '' ? `#${position}` : header;
    let key = base;
    for (let copy = 2; taken.has(key); copy += 1) key = `${base} (${copy})`;
    taken.add(key);
    return { position, header: header === '' ? null : header, key, raw: cell };
  });
}

/** Columns of a file without a header. */
export function namelessColumns(count: number): Column[] {
  return columnsOf(Array.from({ length: count }, () => ''));
}
