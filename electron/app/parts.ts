/**
 * What the application is made of, as ports: the two composition roots (electron/main, electron/loopback) make the instances and
 * hand them in, so that nothing here imports a database, a socket or Electron.
 */
import type { Cache, StoredSession } from '../cache/api.ts';
import type { copyCache, openCopy } from '../cache/copies.ts';
import type { CacheWorkers, OpenCacheOptions } from '../cache/options.ts';
import type { RecoveryReport } from '../cache/salvage.ts';
import type { StandBy } from '../cache/stand-by.ts';
import type { isStrongEnough, openByPassphrase, sealByPassphrase } from '../keys/passphrase.ts';
import type { KeyRing, KeyRingOptions } from '../keys/key-ring.ts';
import type { GatewayHttp } from '../sync/gateway-http.ts';
import type { SyncSession, SyncSessionOptions } from '../sync/session.ts';
import type { Log } from './log.ts';

/** The running session with the gateway. Only exists while somebody is signed in. */
export type Sync = Pick<
  SyncSession,
  | 'start'
  | 'stop'
  | 'retryNow'
  | 'kick'
  | 'suspend'
  | 'resume'
  | 'loadOlder'
  | 'fetchMedia'
  | 'readMedia'
  | 'stageMedia'
  | 'signal'
>;

/** Clock, randomness, socket and HTTP are added by the composition root. */
export type SyncOptions = Pick<
  SyncSessionOptions,
  | 'mediaFolder'
  | 'onChanges'
  | 'onConnection'
  | 'onEphemeral'
  | 'onUpload'
  | 'onRefused'
  | 'onArrivals'
  | 'onSignedOut'
  | 'onServerTime'
> & { cache: Cache; session: StoredSession; log: Log };

/** Copies of the cache under another key, and keys behind passphrases. */
export type BackupParts = {
  copyCache: typeof copyCache;
  openCopy: typeof openCopy;
  isStrongEnough: typeof isStrongEnough;
  openByPassphrase: typeof openByPassphrase;
  sealByPassphrase: typeof sealByPassphrase;
};

export type Parts = {
  backup: BackupParts;
  openCache(options: OpenCacheOptions): Promise<Cache>;
  /** Threads for the next opening, loading their code meanwhile. */
  standBy(workers: CacheWorkers): StandBy;
  /** Whether this key opens the cache file, from its first page; false when there is none. */
  opensFile(file: string, key: Uint8Array): Promise<boolean>;
  /** Sets the file aside, salvages precious rows into a new one. */
  recoverCache(options: OpenCacheOptions): Promise<RecoveryReport>;
  /** After a crash either the old or the new content is there. Makes the folder when it is missing. */
  writeAtomically(file: string, content: string): Promise<void>;
  createKeyRing(options: KeyRingOptions): KeyRing;
  createSync(options: SyncOptions): Sync;
  /** Throws a GatewayHttpFailure when the address is none. */
  gatewayHttp(gateway: string): GatewayHttp;
};
