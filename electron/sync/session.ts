/**
 * The sync engine of one signed-in device: connection, log, first sync, outbox, media, signals. It owns no data: everything that
 * must survive is in the cache, so it can be stopped, killed and started again at any point.
 */
import type { ChangeSet } from '../../shared/contract/rows.ts';
import type { MediaRef } from '../../shared/domain/message-content.ts';
import type { ConnectionState } from '../../shared/contract/state.ts';
import type { EphemeralEvent, EphemeralSignal } from '../../shared/protocol/ephemeral.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { AuthErrorKind, GatewayError, GatewayErrorKind } from '../../shared/protocol/errors.ts';
import type { SessionTokens } from '../../shared/protocol/session.ts';
import type { Cache, StoredSession } from '../cache/api.ts';
import { shown } from './connection-state.ts';
import { createConnector } from './connector.ts';
import { createEphemeral } from './ephemeral.ts';
import { gatewayAddress, GatewayHttpFailure } from './gateway-http.ts';
import type { GatewayHttp, MediaDownload } from './gateway-http.ts';
import { createCarriage } from './carriage.ts';
import type { Carried } from './carriage.ts';
import { createMediaStore } from './media.ts';
import type { MediaContent, StagedFile } from './media.ts';
import { createOutbox } from './outbox.ts';
import type { Arrival } from './arrivals.ts';
import { RequestFailure } from './ports.ts';
import type { Clock, Log, Random, SocketFactory } from './ports.ts';
import { RequestRefused } from './request.ts';
import { createTokens } from './tokens.ts';
import { startWork } from './work.ts';
import type { SyncWork } from './work.ts';

export type SyncSessionOptions = {
  cache: Cache;
  session: StoredSession;
  clock: Clock;
  random: Random;
  socketFactory: SocketFactory;
  http: GatewayHttp;
  log: Log;
  /** Folder of the encrypted attachments. */
  mediaFolder: string;
  onChanges: (changes: ChangeSet) => void;
  onConnection: (connection: ConnectionState) => void;
  onEphemeral: (event: EphemeralEvent) => void;
  /** A file that is to be sent is on its way to the gateway. */
  onUpload: (carried: Carried) => void;
  /** What others have written, after it was stored. `live`: now, not while catching up. */
  onArrivals: (arrivals: readonly Arrival[], live: boolean) => void;
  /** The gateway will never take this command. */
  onRefused: (command: Command, error: GatewayError) => void;
  /** The gateway's clock, when it says hello. */
  onServerTime?: (at: number) => void;
  /** New tokens; the session has already stored them in the cache. */
  onTokens: (tokens: SessionTokens) => void;
  /** The gateway ended the session of this device. The session does nothing more. */
  onSignedOut: (reason: AuthErrorKind | null) => void;
};

/** Since `start`: events and items of pages that did not fit and were kept aside. */
export type SyncCounters = { quarantined: number };

export type SyncSession = {
  start(): void;
  /** Resolves when nothing is being written any more; nothing that arrives later is applied. */
  stop(): Promise<void>;
  /** The user asked: connect now, whatever the back-off says. */
  retryNow(): void;
  /** The outbox has something new. */
  kick(): void;
  suspend(): void;
  resume(): void;
  /** Older messages of a conversation from the gateway; answers how many came. Rejects with SyncFailure. */
  loadOlder(conversationId: string): Promise<number>;
  /** Makes sure that a file is here. Rejects with MediaFailure or GatewayHttpFailure. */
  fetchMedia(mediaId: string): Promise<void>;
  /** Opens a file that is here. Rejects with MediaFailure. */
  readMedia(mediaId: string): Promise<MediaContent>;
  /** Keeps a file that is to be sent, under an id of ours. Rejects with MediaFailure. */
  stageMedia(file: StagedFile): Promise<MediaRef>;
  signal(signal: EphemeralSignal): void;
  readonly connection: ConnectionState;
  readonly counters: SyncCounters;
};

/** `offline`: needs the gateway, which is away. `refused`: `gateway` says why. `failed`: neither; the log has more. */
export class SyncFailure extends Error {
  readonly kind: 'offline' | 'refused' | 'failed';
  readonly gateway: GatewayErrorKind | null;

  constructor(kind: 'offline' | 'refused' | 'failed', gateway: GatewayErrorKind | null = null) {
    super(gateway === null ? kind : `${kind}: ${gateway}`);
    this.name = 'SyncFailure';
    this.kind = kind;
    this.gateway = gateway;
  }
}

/** Milliseconds that `stop` waits for a token refresh: without its answer the device would have to sign in again. */
const REFRESH_GRACE = 5_000;

export function createSyncSession(options: SyncSessionOptions): SyncSession {
  const { cache, clock, random, log, http } = options;
  const counters: SyncCounters = { quarantined: 0 };
  let work: SyncWork | null = null;

  const tokens = createTokens({
    initial: options.session.tokens,
    http,
    clock,
    log,
    async save(fresh) {
      await cache.write.saveTokens(fresh);
      options.onTokens(fresh);
    },
  });
  const ephemeral = createEphemeral({ clock, log, onEvent: options.onEphemeral });
  const outbox = createOutbox({
    cache,
    clock,
    random,
    log,
    onChanges: options.onChanges,
    me: options.session.me.id,
    upload: (mediaId) => media.upload(mediaId),
    onRefused: options.onRefused,
    onSeq: (seq) => work?.expect(seq),
    onBroken(error) {
      if (error instanceof Error) log('error', 'outbox broke off', { error: error.name });
      connector.dispatch({ type: 'lost', cause: 'failed' });
    },
  });
  const connector = createConnector({
    gateway: gatewayAddress(options.session.gateway),
    clock,
    random,
    log,
    tokens,
    onServerTime: options.onServerTime,
    socketFactory: options.socketFactory,
    begin(socket) {
      work = startWork({
        cache,
        socket,
        clock,
        log,
        outbox,
        ephemeral,
        dispatch: (event) => connector.dispatch(event),
        onChanges: options.onChanges,
        onArrivals: options.onArrivals,
        onQuarantined(count) {
          counters.quarantined += count;
        },
      });
      return work;
    },
    onConnection: (connection) => options.onConnection(shown(connection)),
    onSignedOut: options.onSignedOut,
  });

  async function refreshed(): Promise<void> {
    const outcome = await tokens.refresh();
    if (outcome.ok) return;
    connector.dispatch({ type: 'refresh_failed', kind: outcome.kind });
    throw new GatewayHttpFailure(outcome.kind ?? 'unreachable', 'no valid token');
  }

  async function withToken<T>(call: (token: string) => Promise<T>): Promise<T> {
    if (!tokens.fresh()) await refreshed();
    try {
      return await call(tokens.access);
    } catch (error) {
      if (!(error instanceof GatewayHttpFailure) || error.kind !== 'session_expired') throw error;
      await refreshed();
      return call(tokens.access);
    }
  }

  const carriage = createCarriage({ clock, onCarried: options.onUpload });
  const media = createMediaStore({
    cache,
    folder: options.mediaFolder,
    clock,
    download: (mediaId): Promise<MediaDownload> => withToken((token) => http.media(token, mediaId)),
    upload: (ref, content) =>
      carriage.told(ref.id, () =>
        // Another token means once more from the beginning.
        withToken((token) => http.upload(token, ref, carriage.counted(ref.id, content))),
      ),
    onChanges: options.onChanges,
    log,
  });

  return {
    start: () => connector.dispatch({ type: 'start' }),
    async stop() {
      connector.dispatch({ type: 'stop' });
      await work?.ended();
      await Promise.race([
        tokens.settled(),
        new Promise<void>((resolve) => {
          const cancel = clock.after(REFRESH_GRACE, resolve);
          void tokens.settled().then(cancel);
        }),
      ]);
    },
    retryNow: () => connector.dispatch({ type: 'retry_now' }),
    kick: () => outbox.kick(),
    suspend: () => connector.dispatch({ type: 'suspend' }),
    resume: () => connector.dispatch({ type: 'resume' }),
    async loadOlder(conversationId) {
      const { state } = connector.connection;
      if (work === null || (state !== 'online' && state !== 'catching_up')) throw new SyncFailure('offline');
      try {
        return await work.loadOlder(conversationId);
      } catch (error) {
        if (error instanceof RequestFailure) throw new SyncFailure('offline');
        if (error instanceof RequestRefused) throw new SyncFailure('refused', error.error.kind);
        log('warn', 'older messages failed', { error: error instanceof Error ? error.name : 'unknown' });
        throw new SyncFailure('failed');
      }
    },
    fetchMedia: (mediaId) => media.fetch(mediaId),
    readMedia: (mediaId) => media.read(mediaId),
    stageMedia: (file) => media.stage(file),
    signal: (signal) => ephemeral.signal(signal),
    get connection() {
      return shown(connector.connection);
    },
    get counters() {
      return { ...counters };
    },
  };
}
