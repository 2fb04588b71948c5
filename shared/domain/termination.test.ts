import { expect, test } from 'vitest';
import { UNNAMED } from '../policies/unnamed.ts';
import { WASMS } from '../policies/wasms.ts';
import { countdownTime, wipeTime } from './termination.ts';
import { DAY, HOUR } from './time.ts';

const announced = { endsAt: 100 * DAY, announcedAt: 99 * DAY, announcedBy: null, cancelledBy: null };
const open = { ...announced, wipeAt: null, cancelledAt: null };

test('R004-4: a device is wiped as many days after the end as the profile promises, unless the gateway says when', () => {
  expect(wipeTime(open, WASMS, 'UTC')).toBe(130 * DAY);
  expect(wipeTime({ ...open, wipeAt: 103 * DAY }, WASMS, 'UTC')).toBe(103 * DAY);
  expect(wipeTime({ ...open, cancelledAt: 101 * DAY }, WASMS, 'UTC')).toBeNull();
  expect(wipeTime(null, WASMS, 'UTC')).toBeNull();
});

test('X-2: a profile without a number lets nothing outlast the contract, and none is made up', () => {
  expect(wipeTime(open, UNNAMED, 'UTC')).toBe(100 * DAY);
  expect(wipeTime(open, null, 'UTC')).toBe(100 * DAY);
});

test('R004-4: a clock that is set back gains nothing, and the gateway puts a wrong one right', () => {
  expect(countdownTime({ device: 10 * DAY, gateway: null, seen: 12 * DAY })).toBe(12 * DAY);
  expect(countdownTime({ device: 12 * DAY + HOUR, gateway: null, seen: 12 * DAY })).toBe(12 * DAY + HOUR);
  expect(countdownTime({ device: 900 * DAY, gateway: 12 * DAY, seen: 900 * DAY })).toBe(12 * DAY);
});
