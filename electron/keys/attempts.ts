/**
 * Wrong passphrases slow down: the first three cost nothing, each further one twice the wait of the one before, up to a quarter of an
 * hour. Kept on the disk, so that a restart does not begin anew. Whoever can write that file can also copy the whole folder and guess
 * elsewhere; against that stands Argon2id, not this.
 */
import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { MINUTE, SECOND } from '../../shared/domain/time.ts';
import { writeAtomically } from './atomic-file.ts';

const FREE = 3;
const FIRST_WAIT = 5 * SECOND;
const LONGEST_WAIT = 15 * MINUTE;

const Stored = z.object({
  wrong: z.number().int().nonnegative(),
  lastAt: z.number().int().nonnegative(),
});

export type Attempts = {
  /** Until when nothing is tried, epoch milliseconds; null: now. */
  waitUntil(): number | null;
  load(): Promise<void>;
  /** Written before the answer is told, so that ending the process does not undo it. */
  wrong(): Promise<void>;
  right(): Promise<void>;
};

/** Milliseconds to wait after so many wrong ones. */
export function waitAfter(wrong: number): number {
  return wrong < FREE ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (wrong - FREE));
}

export function createAttempts(file: string, now: () => number): Attempts {
  let stored = { wrong: 0, lastAt: 0 };
  return {
    waitUntil() {
      // A clock that was set back must not lengthen the wait.
      const until = Math.min(stored.lastAt, now()) + waitAfter(stored.wrong);
      return until > now() ? until : null;
    },
    async load() {
      try {
        const parsed = Stored.safeParse(JSON.parse(await readFile(file, 'utf8')));
        if (parsed.success) stored = parsed.data;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError))
          throw error;
      }
    },
    async wrong() {
      stored = { wrong: stored.wrong + 1, lastAt: now() };
      await writeAtomically(file, `${JSON.stringify(stored)}\n`);
    },
    async right() {
      if (stored.wrong === 0) return;
      stored = { wrong: 0, lastAt: 0 };
      await rm(file, { force: true });
    },
  };
}
