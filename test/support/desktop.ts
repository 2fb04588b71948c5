/**
 * A desktop without its page: the real encrypted cache and the real sync engine over real sockets, as the application wires them.
 * Used in this process by test/integration/sync and in a child (desktop-child.ts) where it has to die.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Cache, StoredSession } from '../../electron/cache/api.ts';
import { openCache } from '../../electron/cache/open.ts';
import type { Arrival } from '../../electron/sync/arrivals.ts';
import { createGatewayHttp } from '../../electron/sync/gateway-http.ts';
import type { GatewayHttp } from '../../electron/sync/gateway-http.ts';
import { systemClock } from '../../electron/sync/ports.ts';
import type { Clock, SocketFactory } from '../../electron/sync/ports.ts';
import { createSyncSession } from '../../electron/sync/session.ts';
import type { SyncSession } from '../../electron/sync/session.ts';
import { connectSocketIo } from '../../electron/sync/socket-io.ts';
import type { ConnectionState } from '../../shared/contract/state.ts';
import { newId } from '../../shared/domain/id.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { EphemeralEvent } from '../../shared/protocol/ephemeral.ts';
import { until } from './until.ts';

export const TEST_KEY = new Uint8Array(32).fill(0x5a);

export type DesktopOptions = {
  /** User-data folder: `cache/` and `media/` below it. */
  folder: string;
  gateway: string;
  /** Used when nobody is signed in on this cache. */
  email: string;
  password: string;
  clock?: Clock;
  socketFactory?: SocketFactory;
  /** Changes the open cache before sync gets it. */
  wrap?: (cache: Cache) => Cache;
  crashAt?: { point: 'before_commit' | 'after_commit' | 'middle_of_batch'; after: number } | null;
  http?: GatewayHttp;
};

export type TestDesktop = {
  cache: Cache;
  sync: SyncSession;
  stored: StoredSession;
  /** Every connection state told, oldest first. */
  states: ConnectionState[];
  ephemeral: EphemeralEvent[];
  /** What others have written, as it was told. */
  arrivals: { arrival: Arrival; live: boolean }[];
  log: string[];
  signedOut: string[];
  /** Puts a command into the outbox and wakes the pump; resolves when it is committed. `sendIn`: milliseconds until it may leave. */
  enqueue(command: Command, sendIn?: number): Promise<void>;
  /** Sends a text; answers the message's id once it is committed. */
  send(conversationId: string, body: string): Promise<string>;
  /** Waits until the first sync is done and the log was read to where it was. */
  online(): Promise<void>;
  /** Waits until nothing is left in the outbox. */
  drained(): Promise<void>;
  close(): Promise<void>;
};

export const WORKERS = {
  writer: new URL('../../electron/cache/worker/writer.ts', import.meta.url),
  reader: new URL('../../electron/cache/worker/reader.ts', import.meta.url),
};

export function cacheFile(folder: string): string {
  return path.join(folder, 'cache', 'parley.db');
}

export async function openDesktop(options: DesktopOptions): Promise<TestDesktop> {
  mkdirSync(path.join(options.folder, 'cache'), { recursive: true });
  const opened = await openCache({
    file: cacheFile(options.folder),
    key: TEST_KEY,
    workers: WORKERS,
    readers: 1,
    ...(options.crashAt == null ? {} : { crashAt: options.crashAt }),
  });
  const cache = options.wrap?.(opened) ?? opened;
  const http = options.http ?? createGatewayHttp({ gateway: options.gateway });
  const stored = (await cache.read.session()) ?? (await signIn(cache, http, options));
  const states: ConnectionState[] = [];
  const ephemeral: EphemeralEvent[] = [];
  const arrivals: TestDesktop['arrivals'] = [];
  const log: string[] = [];
  const signedOut: string[] = [];
  const sync = createSyncSession({
    cache,
    session: { ...stored, gateway: options.gateway },
    clock: options.clock ?? systemClock,
    random: Math.random,
    socketFactory: options.socketFactory ?? connectSocketIo,
    http,
    log: (level, event, fields) => log.push(`${level} ${event} ${JSON.stringify(fields ?? {})}`),
    mediaFolder: path.join(options.folder, 'media'),
    onChanges: () => undefined,
    onConnection: (connection) => states.push(connection),
    onEphemeral: (event) => ephemeral.push(event),
    onUpload: () => undefined,
    onRefused: () => undefined,
    onArrivals: (came, live) => void arrivals.push(...came.map((arrival) => ({ arrival, live }))),
    onTokens: () => undefined,
    onSignedOut: (reason) => signedOut.push(String(reason)),
  });
  sync.start();

  const desktop: TestDesktop = {
    cache,
    sync,
    stored,
    states,
    ephemeral,
    arrivals,
    log,
    signedOut,
    async enqueue(command, sendIn = 0) {
      const now = (options.clock ?? systemClock).now();
      const sendAt = sendIn === 0 ? null : now + sendIn;
      await cache.write.enqueue({ command, me: stored.me.id, now, sendAt });
      sync.kick();
    },
    async send(conversationId, body) {
      const messageId = newId();
      await desktop.enqueue({
        id: newId(),
        type: 'message.send',
        data: { conversationId, messageId, content: { kind: 'text', body }, quotedMessageId: null },
      });
      return messageId;
    },
    online: () =>
      until('the desktop is online', () => sync.connection.state === 'online', {
        seen: () => [states.slice(-5), log.slice(-10)],
      }),
    drained: () =>
      until('the outbox is empty', async () => (await cache.read.diagnostics()).outbox === 0, {
        seen: async () => [await cache.read.outboxItems({ now: Date.now() }), states.at(-1), log.slice(-10)],
      }),
    async close() {
      await sync.stop();
      await cache.close();
    },
  };
  return desktop;
}

async function signIn(cache: Cache, http: GatewayHttp, options: DesktopOptions): Promise<StoredSession> {
  const answer = await http.signIn({
    email: options.email,
    password: options.password,
    totp: null,
    device: { id: null, name: 'test desktop' },
  });
  const stored: StoredSession = {
    gateway: options.gateway,
    deviceId: answer.deviceId,
    me: answer.user,
    workspace: answer.workspace,
    tokens: answer.tokens,
  };
  await cache.write.saveSession(stored);
  return stored;
}

const STARTED = Date.now();

/**
 * A clock that runs `factor` times as fast as the real one since `epoch`, so that waits which are meant for people and networks do
 * not slow a test down. All processes of a test share the epoch.
 */
export function hastyClock(factor: number, epoch: number = STARTED): Clock {
  return {
    now: () => Math.round(epoch + (Date.now() - epoch) * factor),
    after: (ms, run) => systemClock.after(ms / factor, run),
  };
}
