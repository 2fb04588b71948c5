import { expect, test } from 'vitest';
import { newId } from './id.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

test('an id is a lower-case UUID of version 7 that carries its time', () => {
  const at = Date.now() + 60_000;
  const id = newId(at);
  expect(id).toMatch(UUID_V7);
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(at);
});

test('ids sort in the order they were made, within a millisecond and when the clock goes back', () => {
  const now = Date.now() + 120_000;
  const ids = Array.from({ length: 10_000 }, (_, index) => newId(now - (index % 7)));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(UUID_V7);
});
