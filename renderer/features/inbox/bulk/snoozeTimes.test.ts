import { expect, test } from 'vitest';
import { snoozeTimes } from './snoozeTimes.ts';

const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime();

test('later today is three hours on, at a full half hour', () => {
  expect(snoozeTimes(at(20, 10, 10)).later).toBe(at(20, 13, 30));
});

test('late in the evening there is no later today', () => {
  expect(snoozeTimes(at(20, 22)).later).toBeNull();
});

test('tomorrow and next week are mornings; on a Monday next week is the next Monday', () => {
  // 20 November 2026 is a Friday.
  expect(snoozeTimes(at(20, 23)).tomorrow).toBe(at(21, 9));
  expect(snoozeTimes(at(20, 10)).nextWeek).toBe(at(23, 9));
  expect(snoozeTimes(at(23, 10)).nextWeek).toBe(at(30, 9));
});
