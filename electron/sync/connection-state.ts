/** The states of the connection, what can happen to it, and what has to be done: see connection.ts. */
import type { ConnectionState } from '../../shared/contract/state.ts';
import type { AuthErrorKind } from '../../shared/protocol/errors.ts';
import type { RetryCause } from './backoff.ts';

export type Stage = 'events' | 'conversations' | 'contacts' | 'history';

/**
 * `since`: when the gateway was lost, null before the first connection. `attempt`: failures since the last time that it was
 * online. `refreshed`: the tokens are new, so a refusal because of them is not answered by another refresh.
 */
export type Connection =
  | { state: 'idle' }
  | { state: 'refreshing'; attempt: number; since: number | null }
  | { state: 'connecting'; attempt: number; since: number | null; refreshed: boolean }
  | { state: 'catching_up'; stage: Stage; done: number; total: number; attempt: number }
  | { state: 'online' }
  | { state: 'waiting'; since: number; retryAt: number; attempt: number }
  | { state: 'suspended'; since: number }
  | { state: 'signed_out'; reason: AuthErrorKind | null }
  | { state: 'mismatch'; ours: number; theirs: number | null };

export type ConnectionEvent =
  | { type: 'start' }
  | { type: 'stop' }
  | { type: 'tokens' }
  /** `kind` of what the gateway said to the refresh token; null when nobody answered or it makes no sense. */
  | { type: 'refresh_failed'; kind: AuthErrorKind | null }
  | { type: 'refused'; kind: AuthErrorKind | null; theirs: number | null }
  | { type: 'hello'; protocol: number }
  | { type: 'goodbye'; kind: AuthErrorKind | null }
  | { type: 'lost'; cause: RetryCause }
  | { type: 'progress'; stage: Stage; done: number; total: number }
  | { type: 'caught_up' }
  /** The timer that the last transition set has run out. */
  | { type: 'due' }
  | { type: 'retry_now' }
  | { type: 'suspend' }
  /** The machine woke up, or its clock jumped: nothing that was open can be trusted. */
  | { type: 'resume' };

/** `close`: the socket, if any, and all work on it. `timer`: run `due` then, replaces the one before; null takes it back. */
export type Effect =
  | { type: 'open' }
  | { type: 'close' }
  | { type: 'refresh' }
  | { type: 'begin' }
  | { type: 'timer'; at: number | null }
  | { type: 'signed_out'; reason: AuthErrorKind | null };

export type Context = { now: number; random: () => number; tokensFresh: boolean; ours: number };
export type Transition = { next: Connection; effects: Effect[] };

/** The state as the page shows it. */
export function shown(connection: Connection): ConnectionState {
  switch (connection.state) {
    case 'idle':
    case 'online':
    case 'signed_out':
    case 'mismatch':
      return connection;
    case 'refreshing':
    case 'connecting':
      return { state: 'connecting', attempt: connection.attempt };
    case 'catching_up':
      return {
        state: 'catching_up',
        stage: connection.stage,
        done: connection.done,
        total: connection.total,
      };
    case 'waiting':
      return {
        state: 'offline',
        since: connection.since,
        retryAt: connection.retryAt,
        attempt: connection.attempt,
      };
    case 'suspended':
      return { state: 'offline', since: connection.since, retryAt: null, attempt: 0 };
  }
}
