/** Jobs one after the other, in the order in which they were given. A job that fails does not stop the ones behind it. */
export type Lane = {
  run<T>(job: () => Promise<T>): Promise<T>;
  /** Nothing waits and nothing runs. */
  readonly idle: boolean;
  /** Resolves when everything given so far has ended. */
  drained(): Promise<void>;
};

export function createLane(): Lane {
  let tail: Promise<unknown> = Promise.resolve();
  let open = 0;
  return {
    async run<T>(job: () => Promise<T>): Promise<T> {
      open += 1;
      const result = tail.then(job);
      tail = result.then(
        () => {
          open -= 1;
        },
        () => {
          // The caller of run has the failure; the lane only goes on.
          open -= 1;
        },
      );
      return result;
    },
    get idle() {
      return open === 0;
    },
    async drained() {
      await tail;
    },
  };
}
