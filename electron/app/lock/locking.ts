/**
 * Locking as a whole: what is being written is saved by the page first, then imports stop, then key and cache close. Whoever asks
 * meanwhile waits for the same lock.
 */
import type { AppState } from '../../../shared/contract/state.ts';
import type { AutoLock } from './auto-lock.ts';
import type { Log } from '../log.ts';
import type { Publisher } from '../publisher.ts';

/** Milliseconds that a page has to save what is being written; one that hangs does not hold up the lock. */
const PATIENCE = 1_000;

export type Locking = {
  /** Locks, because of the clock, a sleep, the screen. */
  ask(reason: string): void;
  /** The page has saved everything, or wants to lock by itself. Resolves when it is locked. */
  saved(): Promise<void>;
  touched: AutoLock['touched'];
};

export type LockingOptions = {
  state(): AppState;
  publisher: Publisher;
  lock(): Promise<void>;
  log: Log;
  autoLock: AutoLock;
};

/** Phases in which something is open. */
export const OPEN: readonly AppState['phase'][] = [
  'cache_problem',
  'signed_out',
  'protocol_mismatch',
  'ready',
];

export function createLocking(options: LockingOptions): Locking {
  const { log, publisher } = options;
  let waiting: (() => void) | null = null;
  let locking: Promise<void> | null = null;

  function lock(): Promise<void> {
    locking ??= options.lock().finally(() => {
      locking = null;
    });
    return locking;
  }

  return {
    ask(reason) {
      if (!OPEN.includes(options.state().phase) || waiting !== null || locking !== null) return;
      log.info({ reason }, 'locking');
      const answered = new Promise<void>((resolve) => {
        waiting = resolve;
        setTimeout(resolve, PATIENCE);
      });
      publisher.publish('locking', {});
      answered
        .then(() => {
          waiting = null;
          return lock();
        })
        .catch((error: unknown) => log.error({ error }, 'locking failed'));
    },
    async saved() {
      waiting?.();
      await lock();
    },
    touched: options.autoLock.touched,
  };
}
