import { expect, test } from 'vitest';
import { nextPace } from './speed.ts';

test('the pace is known from the second moment on, and follows a change', () => {
  const first = nextPace(null, 1000, 100);
  expect(first.rate).toBeNull();
  const second = nextPace(first, 2000, 1100);
  expect(second.rate).toBe(1000);
  const third = nextPace(second, 3000, 1100);
  expect(third.rate).toBeCloseTo(700);
});

test('words that come at once count as one, and a new start forgets the old pace', () => {
  const first = nextPace(null, 1000, 100);
  expect(nextPace(first, 1100, 5000)).toBe(first);
  expect(nextPace({ at: 0, done: 900, rate: 50 }, 1000, 0).rate).toBeNull();
});
