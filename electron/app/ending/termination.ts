/**
 * The countdown to the end of the workspace. `termination.json` has the date and the latest time that was seen, no content: so it is kept while
 * the cache is locked, and a start after the date wipes before anything is opened, with or without a network.
 */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { PolicyProfile } from '../../../shared/domain/policy.ts';
import { countdownTime, wipeTime } from '../../../shared/domain/termination.ts';
import { HOUR, Timestamp } from '../../../shared/domain/time.ts';
import type { Cache } from '../../cache/api.ts';
import type { Log } from '../log.ts';
import type { Rules } from '../promises/promises.ts';

export const TERMINATION_FILE = 'termination.json';
/** The time is written down at least this often: what a clock that is set back can gain. */
const LONGEST = HOUR;

const OwnFile = z.object({ wipeAt: Timestamp, seen: Timestamp });

export type TerminationClock = {
  load(): Promise<void>;
  /** Whether the date has passed. */
  over(): boolean;
  /** When this device is wiped, null: never; and the time by which that is counted. */
  view(): { wipeAt: number | null; now: number };
  /** What the gateway has told may be another. */
  follow(cache: Cache): Promise<void>;
  /** The gateway's clock. */
  serverTime(at: number): void;
  /** Looks at the clock, now. */
  look(): void;
  /** There is nothing any more that could be wiped. */
  forget(): Promise<void>;
  stop(): Promise<void>;
};

export type TerminationOptions = {
  userDataDir: string;
  write(file: string, content: string): Promise<void>;
  /** The profile that counts. */
  inForce(rules: Rules, now: number): PolicyProfile | null;
  /** The date has passed while the application runs. */
  onOver(): void;
  log: Log;
  now(): number;
};

export function createTermination(options: TerminationOptions): TerminationClock {
  const { log, now } = options;
  const file = path.join(options.userDataDir, TERMINATION_FILE);
  let wipeAt: number | null = null;
  let seen = { at: 0, mono: performance.now() };
  let gateway: { at: number; mono: number } | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let last: Promise<unknown> = Promise.resolve();

  /** Carried on by a clock that nobody can set. */
  const carriedOn = (from: { at: number; mono: number }): number =>
    Math.round(from.at + performance.now() - from.mono);

  function time(): number {
    return countdownTime({
      device: now(),
      gateway: gateway === null ? null : carriedOn(gateway),
      seen: carriedOn(seen),
    });
  }

  const isOver = (): boolean => wipeAt !== null && time() >= wipeAt;

  /** One write after the other. */
  function alone(work: () => Promise<void>): Promise<void> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  function save(): Promise<void> {
    return alone(async () => {
      if (wipeAt === null) return rm(file, { force: true });
      seen = { at: time(), mono: performance.now() };
      await options.write(file, `${JSON.stringify({ wipeAt, seen: seen.at })}\n`);
    });
  }

  function look(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (stopped || wipeAt === null) return;
    if (isOver()) return options.onOver();
    save().catch((error: unknown) => log.warn({ error }, 'the time was not written down'));
    timer = setTimeout(look, Math.min(LONGEST, Math.max(1, wipeAt - time())));
    timer.unref();
  }

  return {
    async load() {
      let text: string;
      try {
        text = await readFile(file, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw error;
      }
      try {
        const own = OwnFile.parse(JSON.parse(text));
        ({ wipeAt } = own);
        seen = { at: own.seen, mono: performance.now() };
      } catch (error) {
        log.warn({ error }, 'the end of the workspace cannot be read; the cache still knows it');
      }
    },
    over: isOver,
    view: () => ({ wipeAt, now: time() }),
    async follow(cache) {
      const rules = await cache.read.rules();
      // Before the first snapshot nothing is known.
      if (rules.policy === null) return;
      const timeZone = rules.workspace?.timeZone ?? 'UTC';
      const next = wipeTime(rules.termination, options.inForce(rules, time()), timeZone);
      if (next === wipeAt) return;
      log.info({ ends: next !== null }, 'the end of the workspace is another');
      wipeAt = next;
      await save();
      look();
    },
    serverTime(at) {
      gateway = { at, mono: performance.now() };
      look();
    },
    look,
    async forget() {
      if (timer !== null) clearTimeout(timer);
      wipeAt = null;
      await save();
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      if (wipeAt !== null) await save().catch(() => undefined);
      await last;
    },
  };
}
