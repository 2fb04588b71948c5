/** Does what connection.ts decides: opens and closes sockets, keeps the one timer, refreshes tokens, notices sleep. */
import { z } from 'zod';
import { AuthErrorKind } from '../../shared/protocol/errors.ts';
import { Hello } from '../../shared/protocol/session.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { transition } from './connection.ts';
import type { Connection, ConnectionEvent, Effect } from './connection-state.ts';
import type { Clock, Log, Random, SocketFactory, SyncSocket } from './ports.ts';
import type { Tokens } from './tokens.ts';

/** The work on one socket, from hello until it is closed. */
export type Work = {
  batch(raw: unknown, ack: (cursor: number) => void): void;
  ephemeral(raw: unknown): void;
  /** Nothing that arrives from now on is applied. */
  end(): void;
};

export type Connector = {
  dispatch(event: ConnectionEvent): void;
  readonly connection: Connection;
};

/** The clock is looked at this often; when it went on by more than JUMP besides, the machine slept. */
const TICK = 10_000;
const JUMP = 15_000;

const Refusal = z.object({ kind: AuthErrorKind, protocol: z.number().nullish() });

export function createConnector(options: {
  gateway: string;
  clock: Clock;
  random: Random;
  log: Log;
  tokens: Tokens;
  onServerTime: ((at: number) => void) | undefined;
  socketFactory: SocketFactory;
  begin: (socket: SyncSocket) => Work;
  onConnection: (connection: Connection) => void;
  onSignedOut: (reason: AuthErrorKind | null) => void;
}): Connector {
  const { clock, random, log, tokens } = options;
  let connection: Connection = { state: 'idle' };
  let socket: SyncSocket | null = null;
  let work: Work | null = null;
  let cancelTimer: (() => void) | null = null;
  let cancelRefresh: (() => void) | null = null;
  let cancelTick: (() => void) | null = null;

  function dispatch(event: ConnectionEvent): void {
    const before = connection;
    const { next, effects } = transition(before, event, {
      now: clock.now(),
      random,
      tokensFresh: tokens.fresh(),
      ours: PROTOCOL_VERSION,
    });
    connection = next;
    if (next.state !== before.state) {
      log('info', 'connection', { from: before.state, to: next.state, by: event.type });
      watch();
    }
    for (const effect of effects) perform(effect);
    // An effect may have dispatched again: only the last state is told.
    if (next !== before && connection === next) options.onConnection(next);
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case 'open':
        return open();
      case 'close':
        return close();
      case 'begin':
        if (socket !== null) work = options.begin(socket);
        return;
      case 'refresh':
        void refresh();
        return;
      case 'timer':
        cancelTimer?.();
        cancelTimer =
          effect.at === null
            ? null
            : clock.after(Math.max(0, effect.at - clock.now()), () => dispatch({ type: 'due' }));
        return;
      case 'signed_out':
        return options.onSignedOut(effect.reason);
    }
  }

  function open(): void {
    // A listener of a socket that is no longer ours must not speak for the one after it.
    const mine = { open: true };
    const current = options.socketFactory(
      { gateway: options.gateway, token: tokens.access, protocol: PROTOCOL_VERSION },
      {
        hello: (raw) => mine.open && greet(raw),
        batch: (raw, ack) => mine.open && work?.batch(raw, ack),
        ephemeral: (raw) => mine.open && work?.ephemeral(raw),
        goodbye: (raw) => mine.open && refusedWith(raw, 'goodbye'),
        refused: (raw) => mine.open && refusedWith(raw, 'refused'),
        closed: (cause) =>
          mine.open && dispatch({ type: 'lost', cause: cause === 'gateway' ? 'busy' : 'lost' }),
      },
    );
    socket = {
      ...current,
      close() {
        mine.open = false;
        current.close();
      },
    };
  }

  function close(): void {
    const [oldWork, oldSocket] = [work, socket];
    work = null;
    socket = null;
    oldWork?.end();
    oldSocket?.close();
  }

  function greet(raw: unknown): void {
    const hello = Hello.safeParse(raw);
    if (!hello.success) {
      log('warn', 'hello does not fit');
      dispatch({ type: 'lost', cause: 'failed' });
      return;
    }
    tokens.serverTime(hello.data.serverTime);
    options.onServerTime?.(hello.data.serverTime);
    dispatch({ type: 'hello', protocol: hello.data.protocol });
  }

  function refusedWith(raw: unknown, type: 'goodbye' | 'refused'): void {
    const refusal = Refusal.safeParse(raw);
    const kind = refusal.success ? refusal.data.kind : null;
    log('info', type, { kind });
    if (kind === 'session_expired') tokens.expire();
    if (type === 'goodbye') dispatch({ type, kind });
    else dispatch({ type, kind, theirs: refusal.success ? (refusal.data.protocol ?? null) : null });
  }

  async function refresh(): Promise<void> {
    try {
      const outcome = await tokens.refresh();
      dispatch(outcome.ok ? { type: 'tokens' } : { type: 'refresh_failed', kind: outcome.kind });
    } catch (error) {
      log('error', 'token refresh broke', { error: error instanceof Error ? error.name : 'unknown' });
      dispatch({ type: 'refresh_failed', kind: null });
    }
    watch();
  }

  /** What runs beside the states: the refresh ahead of expiry while connected, the look at the clock while anything is wanted. */
  function watch(): void {
    cancelRefresh?.();
    cancelRefresh = null;
    if (connection.state === 'online' || connection.state === 'catching_up') {
      cancelRefresh = clock.after(tokens.refreshIn(), () => void refresh());
    }
    const wanted = !['idle', 'signed_out', 'suspended'].includes(connection.state);
    if (!wanted) {
      cancelTick?.();
      cancelTick = null;
    } else if (cancelTick === null) {
      tick(clock.now());
    }
  }

  function tick(last: number): void {
    cancelTick = clock.after(TICK, () => {
      const now = clock.now();
      tick(now);
      // `mismatch` waits for a person: a sleep is no news there.
      if (now - last - TICK > JUMP && connection.state !== 'mismatch') {
        log('info', 'the clock jumped', { ms: now - last });
        dispatch({ type: 'resume' });
      }
    });
  }

  return {
    dispatch,
    get connection() {
      return connection;
    },
  };
}
