import { expect, test } from 'vitest';
import { waitWords } from './waitWords.ts';

const MINUTE = 60_000;
const state = (waited: number, firstReplyMinutes: number | null): string | undefined =>
  waitWords({ waitingSince: 1_000, status: 'open' }, { firstReplyMinutes }, 1_000 + waited * MINUTE)?.state;

test('a wait is measured against what the channel promises', () => {
  expect(state(5, 15)).toBe('ok');
  expect(state(8, 15)).toBe('due');
  expect(state(16, 15)).toBe('late');
  expect(state(600, null)).toBe('ok');
});

test('who waits for nothing has no words', () => {
  expect(waitWords({ waitingSince: null, status: 'open' }, { firstReplyMinutes: 15 }, 0)).toBeNull();
  expect(waitWords({ waitingSince: 1, status: 'closed' }, { firstReplyMinutes: 15 }, 9)).toBeNull();
});
