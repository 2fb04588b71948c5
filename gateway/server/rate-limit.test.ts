import { expect, test } from 'vitest';
import { createRateLimit, SIGN_IN_RULES } from './rate-limit.ts';

test('the wait doubles up to its limit, ends with a success, and is forgotten', () => {
  const limit = createRateLimit(SIGN_IN_RULES);
  let now = 1_000;
  const waits: number[] = [];
  for (let round = 0; round < 16; round += 1) {
    limit.fail('key', now);
    waits.push(limit.waitMs('key', now));
    now += limit.waitMs('key', now);
  }
  expect(waits).toEqual([
    0, 0, 0, 0, 1e3, 2e3, 4e3, 8e3, 16e3, 32e3, 64e3, 128e3, 256e3, 300e3, 300e3, 300e3,
  ]);
  expect(limit.waitMs('other', now)).toBe(0);
  limit.fail('key', now + SIGN_IN_RULES.forgetAfterMs + 1);
  expect(limit.waitMs('key', now + SIGN_IN_RULES.forgetAfterMs + 1)).toBe(0);
  for (let round = 0; round < 9; round += 1) limit.fail('key', now);
  limit.succeed('key');
  expect(limit.waitMs('key', now)).toBe(0);
});

test('it does not grow without bound', () => {
  const limit = createRateLimit({ ...SIGN_IN_RULES, freeTries: 1 });
  for (let key = 0; key < 10_001; key += 1) limit.fail(`${key}`, 0);
  expect(limit.waitMs('0', 0)).toBe(0);
  expect(limit.waitMs('10000', 0)).toBeGreaterThan(0);
});
