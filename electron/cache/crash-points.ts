/**
 * Named points at which a test makes the process die as kill -9 would. Only active when the application that opens the cache
 * names one (`crashAt`, which tests alone do); otherwise each is a comparison with null.
 */

/**
 * `before_commit`: everything is written, nothing committed. `after_commit`: committed, nobody told.
 * `middle_of_batch`: between two events of one batch.
 */
export type CrashPoint = 'before_commit' | 'after_commit' | 'middle_of_batch';

/** `after`: how many times the point is passed before the process dies at it; 0 is the first time. */
export type CrashAt = { point: CrashPoint; after: number };

let armed: CrashAt | null = null;

/** Arms one point, or none. */
export function armCrash(at: CrashAt | null): void {
  armed = at === null ? null : { ...at };
}

/** Dies here when this point is armed and due. */
export function crashPoint(point: CrashPoint): void {
  if (armed === null || armed.point !== point) return;
  if (armed.after > 0) {
    armed.after -= 1;
    return;
  }
  process.kill(process.pid, 'SIGKILL');
  // The signal is delivered asynchronously: nothing may happen between asking and dying.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}
