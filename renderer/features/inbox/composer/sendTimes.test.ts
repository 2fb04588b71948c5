import { expect, test } from 'vitest';
import { fromLocalInput, sendTimes, toLocalInput } from './sendTimes.ts';

const at = (day: number, hour: number): number => new Date(2026, 10, day, hour, 30).getTime();
const keys = (now: number): string[] => sendTimes(now).map(({ key }) => key);

test('a Friday morning offers the afternoon, tomorrow and Monday', () => {
  expect(keys(at(20, 9))).toEqual(['hour', 'threeHours', 'thisAfternoon', 'tomorrow', 'monday']);
});

test('on Sunday tomorrow is Monday', () => {
  expect(keys(at(22, 15))).toEqual(['hour', 'threeHours', 'tomorrow']);
});

test('all of them are in the future and in order', () => {
  for (let hour = 0; hour < 24 * 7; hour += 1) {
    const now = at(16, hour);
    const times = sendTimes(now).map((time) => time.at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every((time) => time > now)).toBe(true);
  }
});

test('the date box and back', () => {
  const minute = new Date(2026, 0, 5, 7, 3).getTime();
  expect(toLocalInput(minute)).toBe('2026-01-05T07:03');
  expect(fromLocalInput('2026-01-05T07:03')).toBe(minute);
  expect(fromLocalInput('')).toBeNull();
});
