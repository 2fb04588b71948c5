/**
 * From a change set to the page, and the number of unsent messages that goes with it: counted again when the outbox changed,
 * kept in `cache/unsent`, told with the connection. Also what becomes another without any change, by the time of a message to come.
 */
import type { ChangeSet } from '../../shared/contract/rows.ts';
import type { Cache } from '../cache/api.ts';
import type { Log } from './log.ts';
import { createSendTimes } from './send-times.ts';
import type { UnsentCounter } from './unsent.ts';

export type Changes = {
  attach(cache: Cache): void;
  detach(): void;
  publish(changes: ChangeSet): void;
  /** All that the page has is void. */
  everything(): void;
  /** The last count. */
  unsent(): number;
  /** Counts now. */
  count(): Promise<number>;
};

export type ChangesOptions = {
  counter: UnsentCounter;
  log: Log;
  onChanged(changes: ChangeSet): void;
  onUnsent(unsent: number): void;
  now(): number;
};

export const EVERYTHING: ChangeSet = {
  conversations: [],
  contacts: [],
  lists: true,
  directory: true,
  outbox: true,
  library: true,
  people: true,
  everything: true,
};

export function createChanges(options: ChangesOptions): Changes {
  let cache: Cache | null = null;
  let unsent = 0;
  let counting: Promise<number> | null = null;
  let again = false;
  const sendTimes = createSendTimes({ ...options, onPassed: publish });

  async function countOnce(): Promise<number> {
    const from = cache;
    if (from === null) return unsent;
    const counted = await from.read.unsentCount();
    await sendTimes.look();
    if (counted !== unsent) {
      unsent = counted;
      options.onUnsent(unsent);
    }
    try {
      await options.counter.write(counted);
    } catch (error) {
      // A full or read-only disk is told by the cache; this file only matters when the key is lost.
      options.log.warn({ error }, 'the number of unsent messages was not written');
    }
    return counted;
  }

  /** One count at a time, and one more when something changed meanwhile. */
  function count(): Promise<number> {
    if (counting !== null) {
      again = true;
      return counting;
    }
    counting = (async () => {
      let counted = await countOnce();
      while (again) {
        again = false;
        counted = await countOnce();
      }
      return counted;
    })().finally(() => {
      counting = null;
    });
    return counting;
  }

  function publish(changes: ChangeSet): void {
    options.onChanged(changes);
    if (!changes.outbox && !changes.everything) return;
    count().catch((error: unknown) => options.log.warn({ error }, 'unsent not counted'));
  }

  return {
    attach(opened) {
      cache = opened;
      sendTimes.attach(opened);
    },
    detach() {
      cache = null;
      sendTimes.detach();
    },
    publish,
    everything: () => publish(EVERYTHING),
    unsent: () => unsent,
    count,
  };
}
