import { expect, test } from 'vitest';
import { mediaBox } from './mediaBox.ts';

test('a picture is scaled into the box and keeps its shape', () => {
  expect(mediaBox(640, 480)).toEqual({ width: 320, height: 240 });
  expect(mediaBox(480, 640)).toEqual({ width: 240, height: 320 });
});

test('a small one is not blown up, a sliver can still be hit, an unknown one has a fixed box', () => {
  expect(mediaBox(200, 100)).toEqual({ width: 200, height: 100 });
  expect(mediaBox(10_000, 10)).toEqual({ width: 320, height: 96 });
  expect(mediaBox(null, 10)).toEqual({ width: 240, height: 180 });
});
