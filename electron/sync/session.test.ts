import { expect, test } from 'vitest';
import type { SessionTokens } from '../../shared/protocol/session.ts';
import { createFakeClock, settle } from '../../test/support/fake-clock.ts';
import { createMemoryCache } from '../../test/support/memory-cache.ts';
import { accepted, createScriptedGateway } from '../../test/support/scripted-socket.ts';
import { GatewayHttpFailure } from './gateway-http.ts';
import type { GatewayHttp, HttpFailureKind } from './gateway-http.ts';
import { createSyncSession } from './session.ts';

const HOUR = 3_600_000;

/**
 * A whole session over a scripted gateway, random fixed at 0 (the shortest waits). The log has one line per thing that happened,
 * `<milliseconds>:<what>`.
 */
function arrange(options: { lifetime?: number } = {}) {
  const clock = createFakeClock();
  const memory = createMemoryCache();
  const gateway = createScriptedGateway();
  const log: string[] = [];
  const note = (what: string) => log.push(`${clock.now()}:${what}`);
  let made = 1;
  const tokensFrom = (now: number): SessionTokens => ({
    accessToken: `access-${made}`,
    accessExpiresAt: now + (options.lifetime ?? HOUR),
    refreshToken: `refresh-${made}`,
    refreshExpiresAt: now + 24 * HOUR,
  });
  let refusal: HttpFailureKind | null = null;
  const refreshes: string[] = [];
  const http: GatewayHttp = {
    async refresh(token) {
      refreshes.push(token);
      note(`refresh ${token}`);
      if (refusal !== null) throw new GatewayHttpFailure(refusal, '');
      made += 1;
      return tokensFrom(clock.now());
    },
    signIn: () => Promise.reject(new Error('not here')),
    signOut: () => Promise.reject(new Error('not here')),
    devices: () => Promise.reject(new Error('not here')),
    revokeDevice: () => Promise.reject(new Error('not here')),
    wipeDevice: () => Promise.reject(new Error('not here')),
    reportWipe: () => Promise.reject(new Error('not here')),
    media: () => Promise.reject(new GatewayHttpFailure('not_found', '')),
    upload: () => Promise.reject(new Error('not here')),
  };
  const user = {
    id: 'u',
    name: 'U',
    email: '',
    role: 'agent' as const,
    channelIds: null,
    disabled: false,
    rev: 0,
  };
  const logged: string[] = [];
  const session = createSyncSession({
    cache: memory.cache,
    session: {
      gateway: 'http://127.0.0.1:1',
      deviceId: 'd',
      me: user,
      workspace: { id: 'w', name: 'W' },
      tokens: tokensFrom(0),
    },
    clock,
    random: () => 0,
    socketFactory(target, listener) {
      note(`open ${target.token}`);
      return gateway.factory(target, listener);
    },
    http,
    log: (level, event, fields) => logged.push(JSON.stringify({ level, event, fields })),
    mediaFolder: '/nowhere',
    onChanges: () => undefined,
    onConnection(connection) {
      const detail =
        connection.state === 'offline'
          ? ` ${connection.attempt} until ${connection.retryAt}`
          : connection.state === 'signed_out'
            ? ` ${connection.reason}`
            : '';
      note(connection.state + detail);
    },
    onArrivals: (arrivals, live) => note(`arrivals ${arrivals.length} ${live}`),
    onEphemeral: (event) => note(`ephemeral ${event.type}`),
    onUpload: () => undefined,
    onRefused: () => undefined,
    onTokens: (tokens) => note(`tokens ${tokens.accessToken}`),
    onSignedOut: (reason) => note(`signed out ${reason}`),
  });
  const connect = async () => {
    gateway.last.hello(1, clock.now());
    await settle();
  };
  return {
    clock,
    memory,
    gateway,
    log,
    logged,
    session,
    connect,
    refreshes,
    refuseRefresh: (kind: HttpFailureKind | null) => (refusal = kind),
  };
}

test('from start to online; a cut comes back by itself and the log is followed from the cursor', async () => {
  const { session, connect, clock, gateway, memory, log } = arrange();
  memory.state.cursor = 12;
  gateway.on('subscribe', () => accepted({ head: memory.state.cursor }));
  session.start();
  await clock.advance(40);
  await connect();
  await clock.advance(1_000);
  gateway.last.cut();
  await clock.advance(200);
  await connect();
  expect(log).toEqual([
    '0:open access-1',
    '0:connecting',
    '40:catching_up',
    '40:online',
    '1040:offline 1 until 1240',
    '1240:open access-1',
    '1240:connecting',
    '1240:catching_up',
    '1240:online',
  ]);
  expect(gateway.requests.filter(({ name }) => name === 'subscribe').map(({ payload }) => payload)).toEqual([
    { cursor: 12 },
    { cursor: 12 },
  ]);
  await session.stop();
});

test('nobody there: waits grow; retry now does not wait', async () => {
  const { session, clock, gateway, log } = arrange();
  session.start();
  const opened = () => log.filter((line) => line.includes(':open'));
  for (let round = 0; round < 4; round += 1) {
    gateway.last.listener.refused(undefined);
    await clock.advance(500 * 2 ** round);
  }
  expect(opened()).toEqual(['0', '500', '1500', '3500', '7500'].map((at) => `${at}:open access-1`));
  gateway.last.listener.refused(undefined);
  session.retryNow();
  expect(opened().at(-1)).toBe('7500:open access-1');
  expect(opened()).toHaveLength(6);
  await session.stop();
  expect(clock.waiting).toBe(0);
});

test('online only when the log has been read to where it was; progress is told meanwhile', async () => {
  const { session, connect, gateway, log, clock } = arrange();
  gateway.on('subscribe', () => accepted({ head: 900 }));
  session.start();
  await connect();
  await gateway.last.batch(0, 500, [], 900);
  await clock.advance(300);
  await gateway.last.batch(500, 700, [], 950);
  expect(session.connection).toEqual({ state: 'catching_up', stage: 'events', done: 700, total: 950 });
  await gateway.last.batch(700, 900, [], 950);
  expect(session.connection).toEqual({ state: 'online' });
  expect(log.at(-1)).toBe('300:online');
  await session.stop();
});

test('an access token is refreshed before it expires, once, stored before it is used, and without a new socket', async () => {
  const { session, connect, clock, memory, gateway, refreshes, log } = arrange({ lifetime: 10 * 60_000 });
  session.start();
  await connect();
  await clock.advance(9 * 60_000 - 1);
  expect(refreshes).toEqual([]);
  await clock.advance(1);
  expect(refreshes).toEqual(['refresh-1']);
  expect(memory.log).toContain('saveTokens access-2');
  expect(log.at(-1)).toBe('540000:tokens access-2');
  expect(gateway.sockets).toHaveLength(1);
  gateway.last.cut();
  await clock.advance(1_000);
  expect(gateway.last.target.token).toBe('access-2');
  await session.stop();
});

test('a refresh ahead of time that nobody answers is tried again, not in a loop', async () => {
  const { session, connect, clock, refreshes, refuseRefresh } = arrange({ lifetime: 90_000 });
  refuseRefresh('unreachable');
  session.start();
  await connect();
  await clock.advance(120_000);
  expect(refreshes.length).toBeGreaterThan(1);
  expect(refreshes.length).toBeLessThan(6);
  expect(session.connection.state).toBe('online');
  await session.stop();
});

test('a refused token is refreshed and the connection made again at once', async () => {
  const { session, clock, gateway, log } = arrange();
  session.start();
  gateway.last.listener.refused({ kind: 'session_expired' });
  await clock.advance(0);
  expect(log).toEqual([
    '0:open access-1',
    '0:connecting',
    '0:refresh refresh-1',
    '0:connecting',
    '0:tokens access-2',
    '0:open access-2',
    '0:connecting',
  ]);
  await session.stop();
});

test('a session that has ended signs out once and stays quiet', async () => {
  const { session, clock, gateway, log, refuseRefresh } = arrange();
  refuseRefresh('device_revoked');
  session.start();
  gateway.last.listener.refused({ kind: 'session_expired' });
  await clock.advance(HOUR);
  session.retryNow();
  session.resume();
  await clock.advance(HOUR);
  expect(log.slice(-2)).toEqual(['0:signed out device_revoked', '0:signed_out device_revoked']);
  expect(gateway.sockets).toHaveLength(1);
  expect(clock.waiting).toBe(0);
});

test('a device that is revoked while online is signed out and its socket closed', async () => {
  const { session, connect, gateway } = arrange();
  session.start();
  await connect();
  gateway.last.listener.goodbye({ kind: 'device_revoked' });
  await settle();
  expect(session.connection).toEqual({ state: 'signed_out', reason: 'device_revoked' });
  expect(gateway.last.closed).toBe(true);
});

test('another protocol: one try, then nothing', async () => {
  const { session, clock, gateway } = arrange();
  session.start();
  gateway.last.listener.refused({ kind: 'protocol_mismatch', protocol: 4 });
  await clock.advance(HOUR);
  expect(session.connection).toEqual({ state: 'mismatch', ours: 1, theirs: 4 });
  expect(gateway.sockets).toHaveLength(1);
  await session.stop();
});

test('sleep closes the socket, waking up opens one; a sleep that nobody announced is noticed by the clock', async () => {
  const { session, connect, clock, gateway, log } = arrange();
  session.start();
  await connect();
  session.suspend();
  expect(gateway.last.closed).toBe(true);
  await clock.advance(HOUR / 2);
  expect(gateway.sockets).toHaveLength(1);
  session.resume();
  expect(gateway.sockets).toHaveLength(2);
  await connect();
  expect(session.connection.state).toBe('online');
  clock.sleep(10 * 60_000);
  await clock.advance(11_000);
  expect(gateway.sockets).toHaveLength(3);
  expect(gateway.sockets[1]?.closed).toBe(true);
  expect(log.filter((line) => line.includes(':offline'))).toHaveLength(1);
  await session.stop();
});

test('changed access: a new first sync over a new connection', async () => {
  const { session, connect, clock, gateway, memory } = arrange();
  session.start();
  await connect();
  void gateway.last.batch(0, 1, [{ seq: 1, at: 0, type: 'access.changed', data: { userId: 'u' } }]);
  await clock.advance(1_000);
  expect(memory.state.stage).toBe('snapshot');
  expect(gateway.sockets).toHaveLength(2);
  await connect();
  expect(gateway.requests.at(-1)?.name).toBe('sync.snapshot');
  await session.stop();
});

test('a cursor that the gateway does not know: a new first sync', async () => {
  const { session, connect, clock, gateway, memory } = arrange();
  memory.state.cursor = 99;
  gateway.on('subscribe', () => ({
    ok: false,
    error: { kind: 'conflict', retry: 'never', afterMs: null, message: '' },
  }));
  session.start();
  await connect();
  expect(memory.log).toContain('restartSync');
  await clock.advance(1_000);
  await connect();
  expect(gateway.requests.at(-1)?.name).toBe('sync.snapshot');
  await session.stop();
});

test('an answer that does not fit is no loop', async () => {
  const { session, connect, clock, gateway } = arrange();
  gateway.on('subscribe', () => ({ nonsense: 1 }));
  session.start();
  for (let second = 0; second < 600; second += 1) {
    if (session.connection.state === 'connecting') await connect();
    await clock.advance(1_000);
  }
  expect(gateway.sockets.length).toBeGreaterThan(3);
  expect(gateway.sockets.length).toBeLessThan(20);
  await session.stop();
});

test('events that arrive after stop are not applied', async () => {
  const { session, connect, gateway, memory } = arrange();
  session.start();
  await connect();
  const socket = gateway.last;
  await session.stop();
  const before = memory.log.length;
  void socket.batch(0, 1, [{ seq: 1, at: 0, type: 'x', data: {} }]);
  await settle();
  expect(memory.log).toHaveLength(before);
});

test('neither tokens nor contents reach the log', async () => {
  const { session, connect, clock, gateway, logged } = arrange();
  session.start();
  gateway.last.listener.refused({ kind: 'session_expired', secret: 'SECRET' });
  await clock.advance(0);
  await connect();
  await gateway.last.batch(0, 2, [{ seq: 1, at: 0, type: 'message.created', data: 'SECRET' }, 'SECRET']);
  gateway.last.listener.batch({ from: 'SECRET' }, () => undefined);
  await clock.advance(60_000);
  expect(logged.length).toBeGreaterThan(3);
  expect(logged.join('\n')).not.toMatch(/SECRET|access-|refresh-/u);
  await session.stop();
});

test('what the user is looking at is told to each new connection', async () => {
  const { session, connect, clock, gateway } = arrange();
  session.start();
  await connect();
  session.signal({ type: 'viewing', conversationId: 'a' });
  session.signal({ type: 'viewing', conversationId: 'b' });
  await clock.advance(300);
  gateway.last.cut();
  await clock.advance(200);
  await connect();
  const available = { type: 'presence', state: 'available' };
  const viewing = { type: 'viewing', conversationId: 'b' };
  expect(gateway.signals).toEqual([available, viewing, available, viewing]);
  await session.stop();
});

test('older messages need the gateway', async () => {
  const { session } = arrange();
  await expect(session.loadOlder('c')).rejects.toMatchObject({ name: 'SyncFailure', kind: 'offline' });
});
