/**
 * The history of single conversations: of those that came into sight after the first sync, in the background, and of the one
 * that somebody scrolls back in, at once.
 */
import type { ChangeSet } from '../../shared/contract/rows.ts';
import type { Cache } from '../cache/api.ts';
import { waitOrThrow } from './first-sync.ts';
import type { Lane } from './lane.ts';
import type { Clock, Log, SyncSocket } from './ports.ts';
import { checkHistory, HistoryPageFrame } from './pages.ts';
import { ask, RequestRefused } from './request.ts';

export type HistoryPorts = {
  cache: Pick<Cache, 'read' | 'write'>;
  socket: SyncSocket;
  lane: Lane;
  clock: Clock;
  log: Log;
  onChanges: (changes: ChangeSet) => void;
  onQuarantined: (count: number) => void;
  stopped: () => boolean;
};

export type History = {
  /** Fetches whatever is known to be incomplete. Calls while it runs are answered by the same run, which looks again. */
  backfill(): Promise<void>;
  /** One page of older messages; answers how many came. Rejects as `ask` does. */
  loadOlder(conversationId: string): Promise<number>;
};

const BACKFILL_PAGE = 500;
/** What a thread shows in a screen or four: quick to fetch, quick to apply. */
const OLDER_PAGE = 100;
const STALE_TRIES = 5;

export function createHistory(ports: HistoryPorts): History {
  const { cache, socket, lane, log } = ports;
  const older = new Map<string, Promise<number>>();
  /** Conversations that the gateway would not give: not asked again over this connection. */
  const refused = new Set<string>();
  let running: Promise<void> | null = null;
  let wanted = false;

  async function takePage(
    conversationId: string,
    cursor: string | null,
    limit: number,
  ): Promise<number | null> {
    const request = { conversationId, cursor, limit };
    for (let tries = 0; tries < STALE_TRIES && !ports.stopped(); tries += 1) {
      const raw = await ask(socket, 'conversation.history', request, HistoryPageFrame);
      const { page, rejected } = await checkHistory(raw);
      const outcome = await lane.run(async () =>
        ports.stopped() ? null : cache.write.applyPage({ type: 'conversation', request, page, rejected }),
      );
      if (outcome === null) return null;
      if (outcome.stale) continue;
      ports.onQuarantined(rejected.length);
      ports.onChanges(outcome.changes);
      return page.messages.length;
    }
    return null;
  }

  async function fill(conversationId: string): Promise<void> {
    for (;;) {
      const { complete, next } = await cache.read.historyOf({ conversationId });
      if (complete || ports.stopped()) return;
      try {
        if ((await takePage(conversationId, next, BACKFILL_PAGE)) === null) {
          refused.add(conversationId);
          return;
        }
      } catch (error) {
        if (error instanceof RequestRefused && error.error.retry === 'never') {
          // Out of sight again: its withdrawal is on the way.
          log('info', 'history was refused', { kind: error.error.kind });
          refused.add(conversationId);
          return;
        }
        await waitOrThrow(error, ports);
      }
    }
  }

  async function fillAll(): Promise<void> {
    while (wanted && !ports.stopped()) {
      wanted = false;
      for (;;) {
        const found = await cache.read.incompleteConversations({ limit: 20 + refused.size });
        const next = found.find((entry) => !refused.has(entry.conversationId));
        if (next === undefined || ports.stopped()) break;
        await fill(next.conversationId);
      }
    }
  }

  async function fillWhileWanted(): Promise<void> {
    try {
      await fillAll();
    } finally {
      running = null;
    }
  }

  async function pageOlder(conversationId: string): Promise<number> {
    const { complete, next } = await cache.read.historyOf({ conversationId });
    if (complete) return 0;
    const came = (await takePage(conversationId, next, OLDER_PAGE)) ?? 0;
    if (next !== null) return came;
    // The first page of all mostly repeats what came with the conversation: what was asked for is behind it.
    const after = await cache.read.historyOf({ conversationId });
    if (after.complete || after.next === null) return came;
    return came + ((await takePage(conversationId, after.next, OLDER_PAGE)) ?? 0);
  }

  return {
    backfill() {
      wanted = true;
      running ??= fillWhileWanted();
      return running;
    },
    loadOlder(conversationId) {
      const under = older.get(conversationId);
      if (under !== undefined) return under;
      const started = pageOlder(conversationId).finally(() => older.delete(conversationId));
      older.set(conversationId, started);
      return started;
    },
  };
}
