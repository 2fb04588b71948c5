import { expect, test } from 'vitest';
import { backoffMs, DEFAULT_RETRY, retryAfterMs } from './retry.ts';

test('the wait doubles up to a bound, and chance takes at most half of it away', () => {
  const longest = [1, 2, 3, 4, 5, 6, 50].map((failed) => backoffMs(DEFAULT_RETRY, failed, 1));
  expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  const shortest = [1, 2, 3, 4, 5, 6, 50].map((failed) => backoffMs(DEFAULT_RETRY, failed, 0));
  expect(shortest).toEqual(longest.map((ms) => ms / 2));
});

test('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-05-01T12:00:00Z');
  expect(retryAfterMs('120', now)).toBe(120_000);
  expect(retryAfterMs(' 0 ', now)).toBe(0);
  expect(retryAfterMs('Fri, 01 May 2026 12:00:30 GMT', now)).toBe(30_000);
  expect(retryAfterMs('Fri, 01 May 2026 11:00:00 GMT', now)).toBe(0);
  for (const header of [null, '', 'soon', '-5x', '99999999999999'])
    expect(retryAfterMs(header, now)).toBeNull();
});
