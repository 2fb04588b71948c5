import { expect, test } from 'vitest';
import { badge, dayName, daysAgo, fileSize, listTime, money, playTime, timeLeft } from './format.ts';

const noon = new Date(2026, 4, 20, 12, 0, 0).getTime();
const at = (year: number, month: number, day: number, hour: number, minute = 0): number =>
  new Date(year, month, day, hour, minute).getTime();

test('a day ago is counted by the calendar, not by 24 hours', () => {
  expect(daysAgo(at(2026, 4, 19, 23, 59), at(2026, 4, 20, 0, 1))).toBe(1);
  expect(daysAgo(at(2026, 4, 20, 0, 1), at(2026, 4, 20, 23, 59))).toBe(0);
});

test('the day names follow distance', () => {
  expect(dayName(noon, noon)).toBe('Today');
  expect(dayName(at(2026, 4, 19, 8), noon)).toBe('Yesterday');
  expect(dayName(at(2026, 4, 15, 8), noon)).toBe('Friday');
  expect(dayName(at(2026, 2, 3, 8), noon)).toBe('Tuesday, March 3');
  expect(dayName(at(2025, 2, 3, 8), noon)).toBe('March 3, 2025');
});

test('a list row shows time, weekday, day, date', () => {
  expect(listTime(at(2026, 4, 20, 9, 5), noon)).toMatch(/^9:05/);
  expect(listTime(at(2026, 4, 18, 9), noon)).toBe('Mon');
  expect(listTime(at(2026, 1, 18, 9), noon)).toBe('Feb 18');
  expect(listTime(at(2024, 1, 8, 9), noon)).toBe('02/08/24');
});

test('time left is rounded down and names nothing under a minute', () => {
  expect(timeLeft(23 * 3_600_000 + 3_599_000)).toBe('23 hr');
  expect(timeLeft(59 * 60_000 + 59_000)).toBe('59 min');
  expect(timeLeft(59_999)).toBeNull();
});

test('sizes, play times, badges, money', () => {
  expect(fileSize(840)).toBe('840 bytes');
  expect(fileSize(1_440_000)).toBe('1.4 MB');
  expect(playTime(7.4)).toBe('0:07');
  expect(playTime(3723)).toBe('1:02:03');
  expect(badge(100)).toBe('99+');
  expect(money(12.5, 'EUR')).toBe('€12.50');
  expect(money(12.5, 'not a code')).toBe('12.5 not a code');
});
