/**
 * A message for later is `scheduled` until its time, by the clock alone: nothing in the cache changes then, and without a network
 * nothing happens to it either. So the page is told when such a time has passed.
 */
import type { ChangeSet } from '../../shared/contract/rows.ts';
import type { Cache } from '../cache/api.ts';
import type { Log } from './log.ts';

/** A timer does not count over a sleep, so one further away is set again on the way. Milliseconds. */
const LONGEST_SLEEP = 60_000;

export type SendTimes = {
  attach(cache: Pick<Cache, 'read'>): void;
  detach(): void;
  /** The outbox may be another. */
  look(): Promise<void>;
};

export function createSendTimes(options: {
  now(): number;
  log: Pick<Log, 'warn'>;
  onPassed(changes: ChangeSet): void;
}): SendTimes {
  let cache: Pick<Cache, 'read'> | null = null;
  let timer: NodeJS.Timeout | null = null;

  function cancel(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  async function look(): Promise<void> {
    const from = cache;
    const next = await from?.read.nextSendTime({ now: options.now() });
    if (cache !== from) return;
    cancel();
    if (next != null) sleepUntil(next.at, next.conversationIds);
  }

  function sleepUntil(at: number, conversationIds: string[]): void {
    const ms = Math.min(LONGEST_SLEEP, Math.max(0, at - options.now()));
    timer = setTimeout(() => {
      if (options.now() < at) return sleepUntil(at, conversationIds);
      timer = null;
      // The count that follows a change of the outbox looks for the next time.
      options.onPassed({
        conversations: conversationIds,
        contacts: [],
        people: false,
        lists: true,
        directory: false,
        outbox: true,
        library: false,
        everything: false,
      });
    }, ms);
    timer.unref();
  }

  return {
    attach(opened) {
      cache = opened;
    },
    detach() {
      cache = null;
      cancel();
    },
    look,
  };
}
