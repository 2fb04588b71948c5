/** Everything that is done over one socket, from hello until it closes: follow the log, first sync, back-fill, progress. */
import type { ChangeSet } from '../../shared/contract/rows.ts';
import type { Cache, SyncState } from '../cache/api.ts';
import type { Arrival } from './arrivals.ts';
import type { RetryCause } from './backoff.ts';
import type { ConnectionEvent, Stage } from './connection-state.ts';
import type { Work } from './connector.ts';
import type { Ephemeral } from './ephemeral.ts';
import { isWhole, runFirstSync } from './first-sync.ts';
import { createHistory } from './history.ts';
import { createInbound } from './inbound.ts';
import { createLane } from './lane.ts';
import type { Outbox } from './outbox.ts';
import { RequestFailure } from './ports.ts';
import type { Clock, Log, SyncSocket } from './ports.ts';
import { RequestRefused } from './request.ts';

export type WorkPorts = {
  cache: Cache;
  socket: SyncSocket;
  clock: Clock;
  log: Log;
  outbox: Outbox;
  ephemeral: Ephemeral;
  dispatch: (event: ConnectionEvent) => void;
  onChanges: (changes: ChangeSet) => void;
  onArrivals: (arrivals: readonly Arrival[], live: boolean) => void;
  onQuarantined: (count: number) => void;
};

export type SyncWork = Work & {
  loadOlder(conversationId: string): Promise<number>;
  expect(seq: number): void;
  /** Resolves when nothing of this work is being written any more. */
  ended(): Promise<void>;
};

/** Milliseconds between two reports of progress. */
const PROGRESS_INTERVAL = 200;

export function startWork(ports: WorkPorts): SyncWork {
  const { cache, socket, clock, log, outbox, ephemeral, dispatch } = ports;
  const lane = createLane();
  let stopped = false;
  let state: SyncState | null = null;
  /** Where the log was when this connection began to follow it, and how far it then went. */
  let startedAt = 0;
  let target: number | null = null;
  let caughtUp = false;
  let attached = false;
  let lastReport = -Infinity;
  let detached: Promise<void> = Promise.resolve();

  const common = {
    cache,
    socket,
    lane,
    clock,
    log,
    onChanges: ports.onChanges,
    onQuarantined: (count: number) => {
      if (count === 0) return;
      log('warn', 'set aside what does not fit', { count });
      ports.onQuarantined(count);
    },
    stopped: () => stopped,
  };
  const history = createHistory(common);
  const inbound = createInbound({
    ...common,
    onProgress: () => {
      letOut();
      report(false);
    },
    onArrivals: (arrivals) => ports.onArrivals(arrivals, caughtUp),
    onGranted: () => {
      if (state?.stage === 'done') fill();
    },
    onRestart: () => leave('restart'),
    onBroken: (error) => void broke(error),
  });

  async function subscribe(cursor: number): Promise<void> {
    await inbound.subscribe(cursor);
    if (stopped) return;
    startedAt = cursor;
    target = inbound.head;
    ephemeral.attach(socket);
    letOut();
  }

  /** The outbox is checked against what has happened meanwhile, so it waits until the log is here as far as it went. */
  function letOut(): void {
    if (attached || stopped || target === null || inbound.cursor < target) return;
    attached = true;
    outbox.attach(socket, {
      whole: () => state !== null && state.stage !== 'snapshot' && state.stage !== 'conversations',
    });
  }

  async function begin(): Promise<void> {
    await runFirstSync({
      ...common,
      subscribe,
      onState(next) {
        const stageChanged = state === null || pagesOf(state)?.stage !== pagesOf(next)?.stage;
        state = next;
        report(stageChanged);
        // Conversations may have come that a message was waiting for.
        if (stageChanged) outbox.kick();
      },
    });
    if (!stopped) fill();
  }

  function fill(): void {
    history.backfill().catch((error: unknown) => void broke(error));
  }

  function report(now: boolean): void {
    if (stopped || caughtUp || state === null || target === null) return;
    if (isWhole(state) && inbound.cursor >= target) {
      caughtUp = true;
      dispatch({ type: 'caught_up' });
      return;
    }
    if (!now && clock.now() - lastReport < PROGRESS_INTERVAL) return;
    lastReport = clock.now();
    const paged = pagesOf(state);
    if (paged !== null) {
      dispatch({ type: 'progress', ...paged, total: Math.max(paged.done, paged.total) });
      return;
    }
    dispatch({
      type: 'progress',
      stage: 'events',
      done: inbound.cursor - startedAt,
      total: inbound.head - startedAt,
    });
  }

  function leave(cause: RetryCause): void {
    if (!stopped) dispatch({ type: 'lost', cause });
  }

  /** One failure ends the connection; the next one starts from what is stored. */
  async function broke(error: unknown): Promise<void> {
    if (stopped) return;
    if (error instanceof RequestFailure) return leave('lost');
    log('warn', 'sync broke off', {
      error: error instanceof Error ? error.name : 'unknown',
      // Own errors name paths and kinds, never values.
      message: error instanceof Error ? error.message.slice(0, 200) : null,
    });
    if (!(error instanceof RequestRefused)) return leave('failed');
    if (error.error.kind === 'conflict') {
      // Our place in the log, or in the pages, is no longer known there.
      try {
        await cache.write.restartSync();
      } catch (failure) {
        log('error', 'cache refused', { error: failure instanceof Error ? failure.name : 'unknown' });
        return leave('failed');
      }
      return leave('restart');
    }
    leave(error.error.retry === 'never' ? 'failed' : 'busy');
  }

  begin().catch((error: unknown) => void broke(error));

  return {
    batch: (raw, ack) => inbound.receive(raw, ack),
    ephemeral: (raw) => ephemeral.receive(raw),
    loadOlder: (conversationId) => history.loadOlder(conversationId),
    expect: (seq) => inbound.expect(seq),
    end() {
      stopped = true;
      inbound.stop();
      ephemeral.detach();
      detached = outbox.detach().catch((error: unknown) => {
        log('error', 'outbox not put back', { error: error instanceof Error ? error.name : 'unknown' });
      });
    },
    async ended() {
      await lane.drained();
      await detached;
    },
  };
}

/** Which pages are coming, and how many things of them are here; null when it is not them that are waited for. */
function pagesOf(state: SyncState): { stage: Stage; done: number; total: number } | null {
  const { stage, conversations, contacts, messages, totals } = state;
  if (stage === 'snapshot') return null;
  if (stage === 'conversations') return { stage, done: conversations, total: totals.conversations };
  if (!contacts.done) return { stage: 'contacts', done: contacts.count, total: totals.contacts };
  return stage === 'history' ? { stage, done: messages, total: totals.messages } : null;
}
