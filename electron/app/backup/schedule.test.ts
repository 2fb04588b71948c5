import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../../shared/domain/time.ts';
import { nextBackupAt } from './schedule.ts';

const key = { kdf: {}, sealed: {}, local: {} } as never;
const counts = {} as never;
const last = (at: number) => ({ at, name: 'one', bytes: 1, counts });
const NOW = 100 * DAY;

test('a missed backup is due at once, one that failed an hour later, a clock put back delays nothing', () => {
  const daily = { schedule: 'daily' as const, key, last: last(NOW - HOUR), triedAt: NOW - HOUR };
  expect(nextBackupAt(daily, NOW)).toBe(NOW - HOUR + DAY);
  expect(nextBackupAt({ ...daily, last: last(NOW - 3 * DAY), triedAt: null }, NOW)).toBeLessThanOrEqual(NOW);
  expect(nextBackupAt({ ...daily, last: last(NOW - 3 * DAY), triedAt: NOW }, NOW)).toBe(NOW + HOUR);
  expect(nextBackupAt({ ...daily, last: last(NOW + 50 * DAY), triedAt: null }, NOW)).toBe(NOW + DAY);
  expect(nextBackupAt({ ...daily, schedule: 'weekly' }, NOW)).toBe(NOW - HOUR + 7 * DAY);
  expect(nextBackupAt({ ...daily, schedule: 'off' }, NOW)).toBeNull();
  expect(nextBackupAt({ ...daily, key: null }, NOW)).toBeNull();
});
