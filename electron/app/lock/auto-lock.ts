/**
 * The clock of the lock: without input for as long as the settings say, it is locked. Where the desktop knows of input anywhere, that
 * counts; otherwise what the page tells. Time asleep is time without input.
 */
import type { Settings } from '../../../shared/contract/settings.ts';
import { MINUTE, SECOND } from '../../../shared/domain/time.ts';

/** Milliseconds between two looks. */
const LOOK_EVERY = 5 * SECOND;

export type AutoLock = {
  /** Somebody used the window. */
  touched(): void;
  /** Looks now: after a sleep, and every few seconds by itself. */
  look(): void;
  stop(): void;
};

export type AutoLockOptions = {
  settings(): Settings;
  /** Seconds since the last input on the whole desktop; null: not known. */
  idleSeconds(): number | null;
  /** Whether there is anything to lock. */
  isOpen(): boolean;
  lock(): void;
  now(): number;
};

export function createAutoLock(options: AutoLockOptions): AutoLock {
  const { now } = options;
  let last = now();

  function look(): void {
    const { afterMinutes } = options.settings().lock;
    if (afterMinutes === 0 || !options.isOpen()) return;
    // A clock that was set back must not make this longer.
    last = Math.min(last, now());
    const seconds = options.idleSeconds();
    const idle = seconds === null ? now() - last : Math.min(now() - last, seconds * SECOND);
    if (idle >= afterMinutes * MINUTE) options.lock();
  }

  const timer = setInterval(look, LOOK_EVERY);
  timer.unref();
  return {
    touched() {
      last = now();
    },
    look,
    stop: () => clearInterval(timer),
  };
}
