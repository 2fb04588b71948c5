import { expect, test } from 'vitest';
import { levelOf, waveformOf } from './waveform.ts';

test('64 bars from 0 to 100, the loudest at 100, in order', () => {
  const bars = waveformOf(Array.from({ length: 640 }, (_, index) => index / 1_280));
  expect(bars).toHaveLength(64);
  expect(bars.at(-1)).toBe(100);
  expect(bars.toSorted((a, b) => a - b)).toEqual(bars);
});

test('fewer levels than bars are stretched, none are silence', () => {
  expect(waveformOf([0.5, 1], 4)).toEqual([50, 50, 100, 100]);
  expect(waveformOf([])).toEqual(Array.from({ length: 64 }, () => 0));
});

test('the noise of a silent room stays small, and no number is not a number', () => {
  expect(Math.max(...waveformOf([0.001, 0.002]))).toBe(20);
  expect(waveformOf([Number.NaN, -1], 2)).toEqual([0, 100]);
});

test('loudness is the root mean square', () => {
  expect(levelOf(Float32Array.of(0.5, -0.5, 0.5, -0.5))).toBeCloseTo(0.5);
  expect(levelOf(new Float32Array())).toBe(0);
});
