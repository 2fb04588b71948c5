import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandDelay, retryDelay } from './backoff.ts';
import type { RetryCause } from './backoff.ts';

const causes: RetryCause[] = ['lost', 'unreachable', 'busy', 'failed', 'restart'];

test('a lost connection comes back within a second, a busy gateway is given more', () => {
  expect(retryDelay('lost', 0, () => 0)).toBe(200);
  expect(retryDelay('lost', 0, () => 0.999)).toBeLessThanOrEqual(1_000);
  expect(retryDelay('busy', 0, () => 0.999)).toBeGreaterThan(4_000);
});

test('waits grow, are bounded and keep their jitter at the bound', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...causes),
      fc.nat(100),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (cause, attempt, at) => {
        const wait = retryDelay(cause, attempt, () => at);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(120_000);
        expect(retryDelay(cause, attempt + 1, () => at)).toBeGreaterThanOrEqual(wait);
      },
    ),
  );
  expect(retryDelay('unreachable', 50, () => 0)).toBe(15_000);
  expect(retryDelay('unreachable', 50, () => 0.999)).toBeGreaterThan(29_000);
});

test('a command waits at most a minute', () => {
  expect(commandDelay(1, () => 0)).toBe(500);
  expect(commandDelay(100, () => 0.999)).toBeLessThanOrEqual(60_000);
  expect(commandDelay(100, () => 0)).toBe(30_000);
});
