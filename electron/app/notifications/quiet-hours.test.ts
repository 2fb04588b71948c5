import { expect, test } from 'vitest';
import { isQuiet } from './quiet-hours.ts';

/** 2026-03-02 is a Monday. */
const at = (day: number, time: string) => new Date(`2026-03-0${day}T${time}:00`);
const everyDay = [0, 1, 2, 3, 4, 5, 6];

test.each([
  ['12:59', false],
  ['13:00', true],
  ['13:59', true],
  ['14:00', false],
])('at noon until two: %s %s', (time, quiet) => {
  expect(isQuiet({ from: '13:00', to: '14:00', days: everyDay }, at(2, time))).toBe(quiet);
});

test('over midnight the morning belongs to the day before', () => {
  const friday = { from: '22:00', to: '07:30', days: [5] };
  expect(isQuiet(friday, at(6, '21:59'))).toBe(false);
  expect(isQuiet(friday, at(6, '22:00'))).toBe(true);
  expect(isQuiet(friday, at(7, '07:29'))).toBe(true);
  expect(isQuiet(friday, at(7, '07:30'))).toBe(false);
  expect(isQuiet(friday, at(7, '23:00'))).toBe(false);
  expect(isQuiet(friday, at(6, '03:00'))).toBe(false);
  // Saturday's night ends on Sunday.
  expect(isQuiet({ ...friday, days: [6] }, at(1, '03:00'))).toBe(true);
});

test('the whole day, no day, none', () => {
  expect(isQuiet({ from: '00:00', to: '00:00', days: [1] }, at(2, '15:00'))).toBe(true);
  expect(isQuiet({ from: '00:00', to: '00:00', days: [1] }, at(3, '15:00'))).toBe(false);
  expect(isQuiet({ from: '00:00', to: '23:59', days: [] }, at(2, '15:00'))).toBe(false);
  expect(isQuiet(null, at(2, '15:00'))).toBe(false);
});
