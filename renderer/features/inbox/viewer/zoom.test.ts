import { expect, test } from 'vitest';
import { FITTED, moved, zoomed, zoomedIn, zoomedOut } from './zoom.ts';

test('what is under the pointer stays there', () => {
  const point = { x: 120, y: -40 };
  const pose = zoomed({ scale: 2, x: 30, y: 10 }, 1.5, point);
  // The same spot of the picture before and after.
  expect((point.x - pose.x) / pose.scale).toBeCloseTo((point.x - 30) / 2);
  expect((point.y - pose.y) / pose.scale).toBeCloseTo((point.y - 10) / 2);
});

test('never smaller than the window, never larger than eight times', () => {
  expect(zoomedOut(FITTED)).toEqual(FITTED);
  expect(zoomedOut(zoomedIn(FITTED))).toEqual(FITTED);
  let pose = FITTED;
  for (let turn = 0; turn < 20; turn += 1) pose = zoomedIn(pose);
  expect(pose.scale).toBe(8);
});

test('a picture cannot be dragged out of sight', () => {
  const pose = moved({ scale: 2, x: 0, y: 0 }, { x: 99_999, y: -99_999 }, { width: 400, height: 200 });
  expect(pose).toEqual({ scale: 2, x: 300, y: -150 });
});
