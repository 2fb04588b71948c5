/**
 * The connection to the gateway as a union of states with one pure transition function. What has to be done comes out as
 * effects; connector.ts does them.
 *
 *            start            tokens old                     tokens
 *   idle ───────────► (open) ───────────► refreshing ─────────────► connecting
 *                        │ tokens fresh                                 ▲  │ hello
 *                        └──────────────────────────────────────────────┘  ▼
 *        ┌────────── due, retry_now, resume ──────────┐      progress ┌ catching_up
 *        │                                            │               └───►│ caught_up
 *     waiting ◄──── lost, refused(busy), due ─────────┴────────────────────▼
 *        ▲                                                               online
 *        └ suspended ◄─ suspend (any of the above);  resume ─► (open)
 *
 *   signed_out ◄─ session_expired after a refresh said so, device_revoked, user_disabled, device_wipe, workspace_ended (final)
 *   mismatch   ◄─ protocol_mismatch, hello of another protocol      (no timer; only retry_now or resume leave it)
 */
import type { AuthErrorKind } from '../../shared/protocol/errors.ts';
import { retryDelay } from './backoff.ts';
import type { RetryCause } from './backoff.ts';
import type { Connection, ConnectionEvent, Context, Effect, Transition } from './connection-state.ts';

/** No hello after this long: given up. Longer than a slow mobile network takes, shorter than anybody's patience. */
export const HELLO_TIMEOUT = 15_000;

export function transition(current: Connection, event: ConnectionEvent, context: Context): Transition {
  switch (event.type) {
    case 'stop':
      return current.state === 'idle'
        ? stay(current)
        : to({ state: 'idle' }, { type: 'close' }, { type: 'timer', at: null });
    case 'start':
      return current.state === 'idle' ? open(0, null, context) : stay(current);
    default:
      break;
  }
  switch (current.state) {
    case 'idle':
    case 'signed_out':
      return stay(current);
    case 'mismatch':
      return event.type === 'retry_now' || event.type === 'resume' ? open(0, null, context) : stay(current);
    case 'suspended':
      return event.type === 'resume' || event.type === 'retry_now'
        ? open(0, current.since, context)
        : stay(current);
    case 'waiting':
      return whileWaiting(current, event, context);
    case 'refreshing':
      return whileRefreshing(current, event, context);
    case 'connecting':
      return whileConnecting(current, event, context);
    case 'catching_up':
    case 'online':
      return whileConnected(current, event, context);
  }
}

function whileWaiting(
  current: Extract<Connection, { state: 'waiting' }>,
  event: ConnectionEvent,
  context: Context,
): Transition {
  switch (event.type) {
    case 'due':
      return open(current.attempt, current.since, context);
    case 'retry_now':
    case 'resume':
      return open(0, current.since, context);
    case 'suspend':
      return to({ state: 'suspended', since: current.since }, { type: 'timer', at: null });
    default:
      return stay(current);
  }
}

function whileRefreshing(
  current: Extract<Connection, { state: 'refreshing' }>,
  event: ConnectionEvent,
  context: Context,
): Transition {
  switch (event.type) {
    case 'tokens':
      return connect(current.attempt, current.since, true, context);
    case 'refresh_failed':
      return endsSession(event.kind)
        ? signOut(event.kind)
        : wait('unreachable', current.attempt, current.since, context);
    case 'suspend':
      return to({ state: 'suspended', since: current.since ?? context.now }, { type: 'timer', at: null });
    case 'resume':
      // The request that is under way decides: a second use of a refresh token would end the session.
      return stay(current);
    default:
      return stay(current);
  }
}

function whileConnecting(
  current: Extract<Connection, { state: 'connecting' }>,
  event: ConnectionEvent,
  context: Context,
): Transition {
  const { attempt, since } = current;
  switch (event.type) {
    case 'hello':
      if (event.protocol !== context.ours) return mismatch(context.ours, event.protocol);
      return to(
        { state: 'catching_up', stage: 'events', done: 0, total: 0, attempt },
        { type: 'timer', at: null },
        { type: 'begin' },
      );
    case 'goodbye':
    case 'refused': {
      const kind = event.kind;
      if (kind === 'protocol_mismatch')
        return mismatch(context.ours, event.type === 'refused' ? event.theirs : null);
      if (endsForGood(kind)) return signOut(kind);
      if (kind === 'session_expired' && !current.refreshed) {
        return to({ state: 'refreshing', attempt, since }, { type: 'close' }, refreshTimer(), {
          type: 'refresh',
        });
      }
      if (kind === null) return wait('unreachable', attempt, since, context);
      return wait(
        kind === 'unavailable' || kind === 'rate_limited' ? 'busy' : 'failed',
        attempt,
        since,
        context,
      );
    }
    case 'lost':
      return wait(event.cause === 'lost' ? 'unreachable' : event.cause, attempt, since, context);
    case 'due':
      return wait('unreachable', attempt, since, context);
    case 'suspend':
      return to(
        { state: 'suspended', since: since ?? context.now },
        { type: 'close' },
        { type: 'timer', at: null },
      );
    case 'resume':
      return reopen(0, since, context);
    default:
      return stay(current);
  }
}

function whileConnected(
  current: Extract<Connection, { state: 'catching_up' | 'online' }>,
  event: ConnectionEvent,
  context: Context,
): Transition {
  // Having got something done counts as having been online; else a gateway that breaks at every start would be hammered.
  const attempt = current.state === 'online' || current.done > 0 ? 0 : current.attempt;
  switch (event.type) {
    case 'progress':
      if (current.state === 'online') return stay(current);
      return to({
        state: 'catching_up',
        stage: event.stage,
        done: event.done,
        total: event.total,
        attempt: current.attempt,
      });
    case 'caught_up':
      return to({ state: 'online' });
    case 'lost':
      return wait(
        event.cause,
        event.cause === 'failed' || event.cause === 'restart' ? attemptOf(current) : attempt,
        null,
        context,
      );
    case 'goodbye':
      if (event.kind === 'protocol_mismatch') return mismatch(context.ours, null);
      if (endsForGood(event.kind)) return signOut(event.kind);
      if (event.kind === 'session_expired') {
        return to(
          { state: 'refreshing', attempt: 0, since: context.now },
          { type: 'close' },
          refreshTimer(),
          {
            type: 'refresh',
          },
        );
      }
      return wait('busy', attempt, null, context);
    case 'refresh_failed':
      // A refresh ahead of time: only a final no matters, everything else is tried again before the tokens expire.
      return endsSession(event.kind) ? signOut(event.kind) : stay(current);
    case 'suspend':
      return to({ state: 'suspended', since: context.now }, { type: 'close' }, { type: 'timer', at: null });
    case 'resume':
      return reopen(0, context.now, context);
    default:
      return stay(current);
  }
}

function attemptOf(current: Extract<Connection, { state: 'catching_up' | 'online' }>): number {
  return current.state === 'catching_up' ? current.attempt : 0;
}

/** No refresh helps. */
function endsForGood(kind: AuthErrorKind | null): boolean {
  return (
    kind === 'device_revoked' ||
    kind === 'user_disabled' ||
    kind === 'device_wipe' ||
    kind === 'workspace_ended'
  );
}

function endsSession(kind: AuthErrorKind | null): boolean {
  return kind === 'session_expired' || endsForGood(kind);
}

function stay(current: Connection): Transition {
  return { next: current, effects: [] };
}

function to(next: Connection, ...effects: Effect[]): Transition {
  return { next, effects };
}

function open(attempt: number, since: number | null, context: Context): Transition {
  return context.tokensFresh
    ? connect(attempt, since, false, context)
    : to({ state: 'refreshing', attempt, since }, refreshTimer(), { type: 'refresh' });
}

function reopen(attempt: number, since: number | null, context: Context): Transition {
  const opened = open(attempt, since, context);
  return { next: opened.next, effects: [{ type: 'close' }, ...opened.effects] };
}

function connect(attempt: number, since: number | null, refreshed: boolean, context: Context): Transition {
  return to(
    { state: 'connecting', attempt, since, refreshed },
    { type: 'timer', at: context.now + HELLO_TIMEOUT },
    { type: 'open' },
  );
}

/** A refresh has its own time limit (gateway-http.ts), so no timer runs meanwhile. */
function refreshTimer(): Effect {
  return { type: 'timer', at: null };
}

function wait(cause: RetryCause, attempt: number, since: number | null, context: Context): Transition {
  const retryAt = context.now + retryDelay(cause, attempt, context.random);
  return to(
    { state: 'waiting', since: since ?? context.now, retryAt, attempt: attempt + 1 },
    { type: 'close' },
    { type: 'timer', at: retryAt },
  );
}

function signOut(reason: AuthErrorKind | null): Transition {
  return to(
    { state: 'signed_out', reason },
    { type: 'close' },
    { type: 'timer', at: null },
    { type: 'signed_out', reason },
  );
}

function mismatch(ours: number, theirs: number | null): Transition {
  return to({ state: 'mismatch', ours, theirs }, { type: 'close' }, { type: 'timer', at: null });
}
