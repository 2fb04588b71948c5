import { expect, test } from 'vitest';
import { UNDO_KEPT, UNDO_LIFE, createUndo } from './undo.ts';

const step = (id: string) => [{ id, inverse: null }];

test('a step is given out once', () => {
  const undo = createUndo();
  const id = undo.remember(step('a'), 0);
  expect(undo.take('unknown', 1)).toBeNull();
  expect(undo.take(id, 1)).toEqual(step('a'));
  expect(undo.take(id, 1)).toBeNull();
});

test('ten minutes, and fifty steps', () => {
  const undo = createUndo();
  const old = undo.remember(step('old'), 0);
  const edge = undo.remember(step('edge'), 0);
  expect(undo.take(edge, UNDO_LIFE)).not.toBeNull();
  expect(undo.take(old, UNDO_LIFE + 1)).toBeNull();
  const ids = Array.from({ length: UNDO_KEPT + 1 }, (_, index) => undo.remember(step(`${index}`), 0));
  expect(undo.take(ids[0] ?? '', 0)).toBeNull();
  expect(undo.take(ids[1] ?? '', 0)).toEqual(step('1'));
  undo.clear();
  expect(undo.take(ids[2] ?? '', 0)).toBeNull();
});
