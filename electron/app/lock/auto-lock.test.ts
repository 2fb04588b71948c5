import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import { type AutoLock, createAutoLock } from './auto-lock.ts';

let lock: AutoLock;
let locked: number;
let idleSeconds: number | null;
let afterMinutes: number;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000 });
  locked = 0;
  idleSeconds = null;
  afterMinutes = 10;
  lock = createAutoLock({
    settings: () => ({ ...DEFAULT_SETTINGS, lock: { ...DEFAULT_SETTINGS.lock, afterMinutes } }),
    idleSeconds: () => idleSeconds,
    isOpen: () => locked === 0,
    lock: () => void (locked += 1),
    now: () => Date.now(),
  });
});
afterEach(() => {
  lock.stop();
  vi.useRealTimers();
});

test('locks after the time without input, and input begins it anew', () => {
  vi.advanceTimersByTime(9 * 60_000);
  lock.touched();
  vi.advanceTimersByTime(9 * 60_000);
  expect(locked).toBe(0);
  vi.advanceTimersByTime(60_000 + 5_000);
  expect(locked).toBe(1);
});

test('0 minutes: never', () => {
  afterMinutes = 0;
  vi.advanceTimersByTime(24 * 60 * 60_000);
  expect(locked).toBe(0);
});

test('input elsewhere on the desktop counts where it is known', () => {
  idleSeconds = 3;
  vi.advanceTimersByTime(30 * 60_000);
  expect(locked).toBe(0);
  idleSeconds = 601;
  vi.advanceTimersByTime(5_000);
  expect(locked).toBe(1);
});

test('a sleep counts, and a clock that was set back does not lengthen the wait', () => {
  vi.setSystemTime(Date.now() - 60 * 60_000);
  lock.look();
  vi.advanceTimersByTime(10 * 60_000);
  expect(locked).toBe(1);
  locked = 0;
  lock.touched();
  vi.setSystemTime(Date.now() + 11 * 60_000);
  lock.look();
  expect(locked).toBe(1);
});
