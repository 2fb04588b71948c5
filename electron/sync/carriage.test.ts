import { expect, test } from 'vitest';
import type { Carried } from './carriage.ts';
import { createCarriage, PACE } from './carriage.ts';

async function* pieces(count: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index += 1) yield new Uint8Array(10);
}

test('a file is followed from nothing to all, no faster than the pace, and is over in the end', async () => {
  let now = 0;
  const told: Carried[] = [];
  const carriage = createCarriage({ clock: { now: () => now }, onCarried: (carried) => told.push(carried) });
  await carriage.told('lamp', async () => {
    for await (const piece of carriage.counted('lamp', { size: 100, bytes: () => pieces(10) })) {
      expect(piece).toHaveLength(10);
      now += PACE / 2;
    }
  });
  expect(told.map(({ share }) => share)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1, 1, null]);
  expect(new Set(told.map(({ mediaId }) => mediaId))).toEqual(new Set(['lamp']));
});

test('one that breaks off is over too', async () => {
  const told: Carried[] = [];
  const carriage = createCarriage({ clock: { now: () => 0 }, onCarried: (carried) => told.push(carried) });
  await expect(carriage.told('lamp', () => Promise.reject(new Error('cut')))).rejects.toThrow('cut');
  expect(told).toEqual([{ mediaId: 'lamp', share: null }]);
});
