/** What the lifecycle is given, and what it can be asked for. */
import type { AppState, ConnectionState, KeyMode } from '../../shared/contract/state.ts';
import type { LostReceipt } from '../../shared/contract/security.ts';
import type { Cache } from '../cache/api.ts';
import type { CacheWorkers } from '../cache/options.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Way } from '../keys/ways.ts';
import type { Changes } from './changes.ts';
import type { Ready } from './context.ts';
import type { Log } from './log.ts';
import type { LostDevice } from './lock/lost-device.ts';
import type { Parts, SyncOptions } from './parts.ts';
import type { Publisher } from './publisher.ts';
import type { RotationStep } from './lock/rotation.ts';
import type { SignIn, StartGateway } from './signed-in.ts';
import type { TerminationClock } from './ending/termination.ts';
import type { UnsentCounter } from './unsent.ts';
import type { WipeReports } from './ending/wipe-reports.ts';
import type { WipeStep } from './ending/wiping.ts';

export type LifecycleOptions = {
  parts: Parts;
  keyRing: KeyRing;
  userDataDir: string;
  workers: CacheWorkers;
  /** Key and cache are opened while the demo gateway starts; only the sign-in and sync wait for it. */
  gateway: Promise<StartGateway>;
  keyAnswer: 'file' | null;
  log: Log;
  publisher: Publisher;
  unsent: UnsentCounter;
  changes: Changes;
  onArrivals: SyncOptions['onArrivals'];
  /** A statement of the cache took long. */
  onSlow(statement: string, ms: number): void;
  lost: LostDevice;
  reports: WipeReports;
  termination: Pick<TerminationClock, 'over' | 'look' | 'forget'>;
  /** Conversations with something unread, as they were counted last. */
  unread(): number;
  /** The cache gets another key: what lies sealed under it elsewhere is carried over first. */
  onNewKey(key: Uint8Array): Promise<void>;
  /** Everything of the person who was signed in is removed. */
  onForget(): Promise<void>;
  /** Tests only: told of each step of a rotation. */
  onRotation?: (step: RotationStep) => void;
  onWipe?: (step: WipeStep) => void;
  onServerTime: (at: number) => void;
  /** Whether this workspace's cache may lie on the disk: read before it is opened. */
  storage(): 'on' | 'off';
  /** What a gateway says about it at a sign-in; null: nothing. Answers what holds on this device, noted; null: not known. */
  toldStorage(said: 'on' | 'off' | null): Promise<'on' | 'off' | null>;
  /** Before anything is sent to this address. */
  connecting(gateway: string): void;
  now(): number;
};

export type Lifecycle = {
  state(): AppState;
  /** Whether the open cache lies on the disk. */
  onDisk(): boolean;
  connection(): ConnectionState;
  ready(): Ready | null;
  cache(): Cache | null;
  /** Something was thrown away that lies on the disk. */
  tidy(): void;
  /** The same, now: nothing that was thrown away lies on the disk when it resolves. */
  removeDiscarded(): Promise<void>;
  start(): Promise<void>;
  createKey(mode: KeyMode, passphrase: string | null): Promise<void>;
  /** Throws KeyFailure; a wrong passphrase also changes the state `locked`. */
  unlock(passphrase: string | null): Promise<void>;
  /** Opens by the printed recovery key. */
  recoverKey(typed: string, way: Way): Promise<void>;
  /** Closes sync, cache and workers and drops the key; nothing to do where none is open. */
  lock(): Promise<void>;
  /** What changes how the key is kept: never beside another step. */
  withKey<T>(work: (keyRing: KeyRing) => Promise<T>): Promise<T>;
  rotateKey(present: string | null): Promise<void>;
  /** How the key is kept is another: `ready` says so. */
  tellNotices(): void;
  /** See lost-device.ts. */
  reportLost(wipe: boolean): Promise<LostReceipt>;
  /** The workspace has come to its end: nothing of it stays here. */
  terminate(): Promise<void>;
  resolveKey(action: 'retry' | 'accept_weak' | 'start_over'): Promise<void>;
  recover(action: 'retry' | 'rebuild'): Promise<void>;
  /** Opens the cache anew where `change` says that it lies; what the user wrote and who is signed in are carried over. */
  switchStorage(change: () => Promise<void>): Promise<void>;
  signIn(input: SignIn): Promise<void>;
  signOut(input: { discardUnsent: boolean }): Promise<void>;
  /** Stops whatever runs and flushes; the state is not used after it. */
  close(): Promise<void>;
};
