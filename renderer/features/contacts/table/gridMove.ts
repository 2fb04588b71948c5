/** Where the keyboard is in the table: a row, and one of its cells or (-1) the whole row. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  readonly perPage: number;
}

/**
 * Where a key leads, or null when it is none of the table's. As in a tree grid: on a whole row, Home and End go to the first and last row, in a
 * cell to the first and last cell of its row (with Ctrl to the first and last row). `forward`: the arrow in reading direction.
 */
export function gridMove(
  key: string,
  ctrl: boolean,
  from: Place,
  { rows, columns, perPage }: GridSize,
  forward: 'ArrowRight' | 'ArrowLeft',
): Place | null {
  const to = (row: number, column = from.column): Place | null =>
    rows === 0
      ? null
      : {
          row: Math.max(0, Math.min(rows - 1, row)),
          column: Math.max(-1, Math.min(columns - 1, column)),
        };
  const inCell = from.column >= 0 && !ctrl;
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return to(from.row + 1);
    case 'ArrowUp':
    case 'k':
      return to(Math.max(0, from.row - 1));
    case 'PageDown':
      return to(from.row + perPage);
    case 'PageUp':
      return to(from.row - perPage);
    case 'Home':
      return inCell ? to(from.row, 0) : to(0);
    case 'End':
      return inCell ? to(from.row, columns - 1) : to(rows - 1);
    case 'ArrowRight':
    case 'ArrowLeft':
      return to(Math.max(0, from.row), from.column + (key === forward ? 1 : -1));
    default:
      return null;
  }
}
