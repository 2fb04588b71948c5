import { useEffect, useState } from 'react';

/** How much of the newest pace counts in what is shown. */
const NEW = 0.3;

interface Pace {
  readonly at: number;
  readonly done: number;
  /** Per second; null until two moments are known. */
  readonly rate: number | null;
}

/** One more moment of something that goes on. */
export function nextPace(before: Pace | null, at: number, done: number): Pace {
  if (before === null || done < before.done) return { at, done, rate: null };
  const seconds = (at - before.at) / 1000;
  if (seconds < 0.2) return before;
  const now = (done - before.done) / seconds;
  return { at, done, rate: before.rate === null ? now : before.rate * (1 - NEW) + now * NEW };
}

/** Rows in a second of something that is told a few times in a second; null while it is not known. */
export function useSpeed(done: number): number | null {
  const [pace, setPace] = useState<Pace | null>(null);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- the clock is read when a word has come, not while rendering
    setPace((before) => nextPace(before, performance.now(), done));
  }, [done]);
  return pace?.rate ?? null;
}
