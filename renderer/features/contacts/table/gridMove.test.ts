import { expect, test } from 'vitest';
import { gridMove } from './gridMove.ts';

const size = { rows: 100_000, columns: 6, perPage: 20 };
const go = (key: string, row: number, column: number, ctrl = false) =>
  gridMove(key, ctrl, { row, column }, size, 'ArrowRight');

test.each([
  ['ArrowDown', -1, -1, { row: 0, column: -1 }],
  ['ArrowUp', 0, -1, { row: 0, column: -1 }],
  ['ArrowDown', 99_999, -1, { row: 99_999, column: -1 }],
  ['PageDown', 5, -1, { row: 25, column: -1 }],
  ['PageUp', 5, 2, { row: 0, column: 2 }],
  ['End', 5, -1, { row: 99_999, column: -1 }],
  ['End', 5, 1, { row: 5, column: 5 }],
  ['Home', 5, 3, { row: 5, column: 0 }],
  ['ArrowRight', 5, -1, { row: 5, column: 0 }],
  ['ArrowLeft', 5, 0, { row: 5, column: -1 }],
  ['ArrowLeft', 5, -1, { row: 5, column: -1 }],
])('%s from row %i, cell %i', (key, row, column, expected) => {
  expect(go(key, row, column)).toEqual(expected);
});

test('with Ctrl, Home and End leave the row from a cell too', () => {
  expect(go('End', 5, 2, true)).toEqual({ row: 99_999, column: 2 });
});

test('read from the right, the arrows change places', () => {
  expect(gridMove('ArrowLeft', false, { row: 3, column: 1 }, size, 'ArrowLeft')).toEqual({
    row: 3,
    column: 2,
  });
});

test('an empty table leads nowhere, and other keys are not its own', () => {
  expect(
    gridMove('End', false, { row: -1, column: -1 }, { rows: 0, columns: 6, perPage: 5 }, 'ArrowRight'),
  ).toBeNull();
  expect(go('x', 1, 1)).toBeNull();
});
