/**
 * The log as it comes in over one socket: subscribe at the cursor, apply batches strictly one after the other, ack each only
 * after the commit of batch and cursor. While a batch is being written the socket goes on receiving and decoding the next ones
 * (the gateway keeps at most MAX_UNACKED_BATCHES under way), so the database never waits for the network.
 *
 * A gap is answered by one `subscribe` from the cursor. Batches of the old subscription that are still on their way are told
 * from new ones by the subscription's number, so that they do not cause another.
 */
import { z } from 'zod';
import type { ChangeSet } from '../../shared/contract/rows.ts';
import { EventBatch } from '../../shared/protocol/events.ts';
import type { Cache } from '../cache/api.ts';
import { arrivalsOf } from './arrivals.ts';
import type { Arrival } from './arrivals.ts';
import type { Lane } from './lane.ts';
import type { Clock, Log, SyncSocket } from './ports.ts';
import { ask, issueOf } from './request.ts';

export type InboundPorts = {
  cache: Pick<Cache, 'write'>;
  socket: SyncSocket;
  lane: Lane;
  clock: Clock;
  log: Log;
  onChanges: (changes: ChangeSet) => void;
  /** The cursor moved, or the gateway said how far its log goes. */
  onProgress: (cursor: number, head: number) => void;
  /** Events that did not fit were kept aside; also called with 0. */
  onQuarantined: (count: number) => void;
  /** A conversation came into sight: its history is not here yet. */
  onGranted: () => void;
  /** What others have written, now that it is stored. */
  onArrivals: (arrivals: readonly Arrival[]) => void;
  /** What the user may see has changed: a new first sync is needed, and is already noted in the cache. */
  onRestart: () => void;
  /** This connection is of no more use: close it and come back later. */
  onBroken: (error: unknown) => void;
};

export type Inbound = {
  readonly cursor: number;
  readonly head: number;
  /** Follows the log from this cursor. Rejects as `ask` does. */
  subscribe(cursor: number): Promise<void>;
  receive(raw: unknown, ack: (cursor: number) => void): void;
  /** The gateway's log is known to reach `seq` (the ack of a command said so). */
  expect(seq: number): void;
  stop(): void;
};

const Head = z.object({ head: z.number().int().nonnegative() });

/** Nothing came for this long although the log goes further: ask again. Doubles while it does not help. */
const STALL_TIMEOUT = 10_000;
const LONGEST_STALL = 60_000;
/** A second gap at the same cursor waits this long before the next `subscribe`, then twice as long. */
const GAP_DELAY = 1_000;
const LONGEST_GAP_DELAY = 30_000;

type Job = { batch: EventBatch; subscription: number; ack: (cursor: number) => void };

export function createInbound(ports: InboundPorts): Inbound {
  const { cache, socket, lane, clock, log } = ports;
  let cursor = 0;
  let head = 0;
  let stopped = false;
  /** Number of the subscription that batches belong to; 0 before the first. */
  let subscription = 0;
  let asking = false;
  let gapsWithoutProgress = 0;
  let stallTimeout = STALL_TIMEOUT;
  let cancelStall: (() => void) | null = null;
  let cancelDelay: (() => void) | null = null;

  async function subscribe(from: number): Promise<void> {
    cursor = from;
    asking = true;
    try {
      const answer = await ask(socket, 'subscribe', { cursor: from }, Head);
      if (stopped) return;
      subscription += 1;
      reached(answer.head);
      watchStall();
    } finally {
      asking = false;
    }
  }

  /** Subscribes anew; every failure ends the connection, whose successor starts clean. */
  async function resubscribe(): Promise<void> {
    if (asking || stopped) return;
    asking = true;
    gapsWithoutProgress += 1;
    if (gapsWithoutProgress > 1) {
      const delay = Math.min(LONGEST_GAP_DELAY, GAP_DELAY * 2 ** (gapsWithoutProgress - 2));
      await new Promise<void>((resolve) => {
        cancelDelay = clock.after(delay, resolve);
      });
    }
    if (stopped) return;
    log('info', 'subscribe again', { cursor, attempt: gapsWithoutProgress });
    try {
      await subscribe(cursor);
    } catch (error) {
      if (!stopped) ports.onBroken(error);
    }
  }

  async function apply(job: Job): Promise<void> {
    if (stopped) return;
    const { batch } = job;
    if (batch.to <= cursor) {
      job.ack(cursor);
      return;
    }
    if (batch.from > cursor) return gap(job);
    const seen = glance(batch.events);
    if (seen.accessChanged) {
      // Not applied: noted first, so that a crash right here cannot forget it. The new snapshot is newer than this batch.
      await cache.write.restartSync();
      ports.onRestart();
      return;
    }
    const before = cursor;
    const outcome = await cache.write.applyBatch(batch);
    cursor = outcome.cursor;
    ports.onChanges(outcome.changes);
    ports.onQuarantined(outcome.quarantined);
    if (stopped) return;
    if (outcome.gap) return gap(job);
    gapsWithoutProgress = 0;
    stallTimeout = STALL_TIMEOUT;
    job.ack(cursor);
    reached(batch.head);
    if (seen.granted) ports.onGranted();
    const arrivals = arrivalsOf(batch.events, before);
    if (arrivals.length > 0) ports.onArrivals(arrivals);
    watchStall();
  }

  function gap(job: Job): void {
    // A batch of an older subscription says nothing: the newer one brings what is missing.
    if (job.subscription !== subscription || asking) return;
    log('warn', 'gap', { cursor, from: job.batch.from });
    void resubscribe();
  }

  function reached(newHead: number): void {
    head = Math.max(head, newHead, cursor);
    ports.onProgress(cursor, head);
  }

  function watchStall(): void {
    cancelStall?.();
    cancelStall = null;
    if (stopped || cursor >= head) return;
    cancelStall = clock.after(stallTimeout, () => {
      if (cursor >= head) return;
      if (!lane.idle) return watchStall();
      stallTimeout = Math.min(LONGEST_STALL, stallTimeout * 2);
      log('warn', 'the log stands still', { cursor, head });
      void resubscribe().then(watchStall);
    });
  }

  return {
    get cursor() {
      return cursor;
    },
    get head() {
      return head;
    },
    subscribe,
    receive(raw, ack) {
      if (stopped || (subscription === 0 && !asking)) return;
      const batch = EventBatch.safeParse(raw);
      if (!batch.success || batch.data.to < batch.data.from) {
        ports.onBroken(new Error(`batch does not fit: ${batch.success ? 'order' : issueOf(batch.error)}`));
        return;
      }
      const job = { batch: batch.data, subscription, ack };
      // A page that arrived in the same packet of the network takes its place in the lane before this: see first-sync.ts.
      setImmediate(() => {
        lane
          .run(() => apply(job))
          .catch((error: unknown) => {
            if (!stopped) ports.onBroken(error);
          });
      });
    },
    expect(seq) {
      if (seq <= head) return;
      head = seq;
      if (cancelStall === null) watchStall();
    },
    stop() {
      stopped = true;
      cancelStall?.();
      cancelDelay?.();
    },
  };
}

/** The two kinds of event that concern sync itself. The cache checks every event; this only looks at their names. */
function glance(events: readonly unknown[]): { accessChanged: boolean; granted: boolean } {
  let accessChanged = false;
  let granted = false;
  for (const event of events) {
    if (typeof event !== 'object' || event === null || !('type' in event)) continue;
    if (event.type === 'access.changed') accessChanged = true;
    else if (event.type === 'conversation.granted') granted = true;
  }
  return { accessChanged, granted };
}
