/**
 * The first sync: snapshot, conversations newest first, contacts that have none, history newest first. Where it stands is stored with each page
 * (`SyncState`), so it goes on after a cut or a kill where it was. The log is followed meanwhile; a page that is older than the
 * cursor is asked for again, because it could miss what the log said about messages that were not here yet.
 *
 * While a page is being written the next one is fetched and checked. Pages wait in the same lane as batches, in the order of
 * their arrival, so a page is stale only when the gateway answered out of order.
 */
import { Snapshot } from '../../shared/protocol/sync.ts';
import type { ChangeSet } from '../../shared/contract/rows.ts';
import type { Cache, PageOutcome, SyncPage, SyncState } from '../cache/api.ts';
import type { Lane } from './lane.ts';
import type { Clock, Log, SyncSocket } from './ports.ts';
import {
  checkContacts,
  checkConversations,
  checkHistory,
  ContactPageFrame,
  ConversationPageFrame,
  HistoryPageFrame,
} from './pages.ts';
import { ask, RequestRefused } from './request.ts';

export type FirstSyncPorts = {
  cache: Pick<Cache, 'read' | 'write'>;
  socket: SyncSocket;
  lane: Lane;
  clock: Clock;
  log: Log;
  /** Follow the log from here on. */
  subscribe: (cursor: number) => Promise<void>;
  onChanges: (changes: ChangeSet) => void;
  onState: (state: SyncState) => void;
  /** Items of a page did not fit and were kept aside; also called with 0. */
  onQuarantined: (count: number) => void;
  stopped: () => boolean;
};

/** Conversations on the first page: enough for a screen, so that the inbox is usable at once. */
export const FIRST_PAGE = 50;
export const MOST_CONVERSATIONS = 500;
export const HISTORY_PAGE = 2_000;
/** Each is a row and an entry of the index: a page is one transaction of some 50 ms. */
export const CONTACTS_PAGE = 500;
/**
 * Conversations come with their newest messages: the page size follows from how many those were, so that one page stays one
 * reasonable transaction (measured.md section 4: about 30 ms per 1,000 rows).
 */
export const MESSAGES_PER_CONVERSATION_PAGE = 2_000;
/** Milliseconds before the same page is asked for again after it was stale or refused for now. */
const AGAIN_DELAY = 200;

type Stage = 'conversations' | 'contacts' | 'history';
type Checked = { page: SyncPage; items: number; messages: number };
/** A page that has arrived: it has its place in the lane, and is being checked. */
type Arrived = {
  next: string | null;
  checked: Promise<Checked>;
  /** Null when it was not applied because the connection ended, or the page before it was stale. */
  applied: Promise<PageOutcome | null>;
};
/** Pages fetched ahead of one that turned out stale must not be applied. */
type Round = { stale: boolean };

/** Whether all of the first sync is here. */
export function isWhole(state: SyncState): boolean {
  return state.stage === 'done' && state.contacts.done;
}

/** Runs until all of it is here or the connection is stopped. Rejects as `ask` does. */
export async function runFirstSync(ports: FirstSyncPorts): Promise<void> {
  let state = await ports.cache.read.syncState();
  if (state.stage === 'snapshot') state = await takeSnapshot(ports);
  else await ports.subscribe(state.cursor);
  ports.onState(state);
  if (state.stage === 'conversations') state = await takePages('conversations', state, ports);
  if (isIn('contacts', state) && !ports.stopped()) state = await takePages('contacts', state, ports);
  if (state.stage === 'history' && !ports.stopped()) await takePages('history', state, ports);
}

async function takeSnapshot(ports: FirstSyncPorts): Promise<SyncState> {
  const snapshot = await ask(ports.socket, 'sync.snapshot', {}, Snapshot);
  const { changes, state } = await ports.lane.run(() => ports.cache.write.applySnapshot(snapshot));
  ports.onChanges(changes);
  await ports.subscribe(state.cursor);
  return state;
}

async function takePages(stage: Stage, from: SyncState, ports: FirstSyncPorts): Promise<SyncState> {
  let state = from;
  let limit = firstLimit(stage, state);
  let round: Round = { stale: false };
  let coming = quiet(fetchPage(stage, placeIn(stage, state), limit, round, ports));
  const again = () => {
    round = { stale: false };
    coming = quiet(fetchPage(stage, placeIn(stage, state), limit, round, ports));
  };
  while (!ports.stopped() && isIn(stage, state)) {
    let arrived: Arrived;
    try {
      arrived = await coming;
    } catch (error) {
      await waitOrThrow(error, ports);
      again();
      continue;
    }
    const checked = await arrived.checked;
    if (stage === 'conversations') limit = nextLimit(checked);
    if (arrived.next !== null) coming = quiet(fetchPage(stage, arrived.next, limit, round, ports));
    const outcome = await arrived.applied;
    if (outcome === null) break;
    if (outcome.stale) {
      ports.log('info', 'page was stale', { stage });
      await pause(AGAIN_DELAY, ports.clock);
      again();
      continue;
    }
    state = outcome.state;
    ports.onChanges(outcome.changes);
    ports.onState(state);
  }
  return state;
}

function isIn(stage: Stage, state: SyncState): boolean {
  if (stage !== 'contacts') return state.stage === stage;
  return !state.contacts.done && (state.stage === 'history' || state.stage === 'done');
}

/** Cursor of the page that is next. */
function placeIn(stage: Stage, state: SyncState): string | null {
  return stage === 'contacts' ? state.contacts.next : state.next;
}

function firstLimit(stage: Stage, state: SyncState): number {
  if (stage === 'history') return HISTORY_PAGE;
  if (stage === 'contacts') return CONTACTS_PAGE;
  return state.next === null ? FIRST_PAGE : MOST_CONVERSATIONS;
}

async function fetchPage(
  stage: Stage,
  cursor: string | null,
  limit: number,
  round: Round,
  ports: FirstSyncPorts,
): Promise<Arrived> {
  if (stage === 'conversations') {
    const raw = await ask(ports.socket, 'sync.conversations', { cursor, limit }, ConversationPageFrame);
    const checked = quiet(
      checkConversations(raw).then(({ page, rejected }) => ({
        page: { type: 'conversations' as const, page, rejected },
        items: page.items.length,
        messages: page.items.reduce((sum, item) => sum + item.messages.length, 0),
      })),
    );
    return { next: raw.next, checked, applied: applyInTurn(checked, round, ports) };
  }
  if (stage === 'contacts') {
    const raw = await contactsFrom(cursor, limit, ports);
    const checked = quiet(
      checkContacts(raw).then(({ page, rejected }) => ({
        page: { type: 'contacts' as const, page, rejected },
        items: page.contacts.length,
        messages: 0,
      })),
    );
    return { next: raw.next, checked, applied: applyInTurn(checked, round, ports) };
  }
  const raw = await ask(ports.socket, 'sync.history', { cursor, limit }, HistoryPageFrame);
  const checked = quiet(
    checkHistory(raw).then(({ page, rejected }) => ({
      page: { type: 'history' as const, page, rejected },
      items: page.messages.length,
      messages: page.messages.length,
    })),
  );
  return { next: raw.next, checked, applied: applyInTurn(checked, round, ports) };
}

/** A gateway of before does not know these pages; its contacts come with the log. */
async function contactsFrom(cursor: string | null, limit: number, ports: FirstSyncPorts) {
  try {
    return await ask(ports.socket, 'sync.contacts', { cursor, limit }, ContactPageFrame);
  } catch (error) {
    const unknown = error instanceof RequestRefused && error.error.kind === 'invalid' && cursor === null;
    if (!unknown) throw error;
    ports.log('info', 'the gateway has no pages of contacts');
    return { asOf: Number.MAX_SAFE_INTEGER, contacts: [], consents: [], merges: [], next: null };
  }
}

/** Takes the page's place in the lane now, before anything that arrives after it. */
function applyInTurn(
  checked: Promise<Checked>,
  round: Round,
  { lane, cache, stopped, onQuarantined }: FirstSyncPorts,
): Promise<PageOutcome | null> {
  return quiet(
    lane.run(async () => {
      const { page } = await checked;
      if (stopped() || round.stale) return null;
      const outcome = await cache.write.applyPage(page);
      round.stale = outcome.stale;
      if (outcome.applied) onQuarantined(page.rejected?.length ?? 0);
      return outcome;
    }),
  );
}

function nextLimit(fetched: Checked): number {
  const perItem = Math.max(1, fetched.messages / Math.max(1, fetched.items));
  return Math.max(
    FIRST_PAGE,
    Math.min(MOST_CONVERSATIONS, Math.floor(MESSAGES_PER_CONVERSATION_PAGE / perItem)),
  );
}

/** A prefetched page may fail before anybody waits for it; whoever awaits it later still gets the failure. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Busy gateways are waited for; everything else ends this connection. */
export async function waitOrThrow(
  error: unknown,
  ports: { clock: Clock; stopped: () => boolean },
): Promise<void> {
  if (ports.stopped() || !(error instanceof RequestRefused) || error.error.retry === 'never') throw error;
  await pause(Math.max(AGAIN_DELAY, error.error.afterMs ?? 0), ports.clock);
  if (ports.stopped()) throw error;
}

function pause(ms: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}
