/** What a handler may use, and the type of the map of handlers: one for each call, checked by the compiler. */
import type { z } from 'zod';
import type { Calls, CallName, CallOutput } from '../../shared/contract/calls.ts';
import type { ChangeSet } from '../../shared/contract/rows.ts';
import type { AppState, ConnectionState } from '../../shared/contract/state.ts';
import type { Cache, StoredSession } from '../cache/api.ts';
import type { Attention } from './notifications/attention.ts';
import type { SlowStatements } from './diagnostics/slow.ts';
import type { Locking } from './lock/locking.ts';
import type { LostDevice } from './lock/lost-device.ts';
import type { Lifecycle } from './lifecycle-types.ts';
import type { OpenedFiles } from './opened-files.ts';
import type { Parts, Sync } from './parts.ts';
import type { Presence } from './presence.ts';
import type { SettingsStore } from './settings.ts';
import type { Shell } from './shell.ts';
import type { TerminationClock } from './ending/termination.ts';
import type { Tickets } from './exports/tickets.ts';
import type { StorageTasks } from './retention/storage-task.ts';
import type { Promises } from './promises/promises.ts';
import type { Retention } from './retention/retention.ts';
import type { Backups } from './backup/backups.ts';
import type { Exporting } from './conversation-export/exporting.ts';
import type { Imports } from './imports/imports.ts';
import type { UndoStore } from './undo.ts';

/** `subjects`: ids. `reason`: what somebody gave as one. */
export type AuditLine = {
  action: string;
  subjects: readonly string[];
  counts: Readonly<Record<string, number>>;
  reason: string | null;
  /** Who, when it is not the one who is signed in now. */
  actorId?: string | null;
};

/** Somebody is signed in. */
export type Ready = { cache: Cache; sync: Sync; session: StoredSession };

export type Context = {
  life: Lifecycle;
  state(): AppState;
  /** Throws `not_ready` when nobody is signed in. */
  ready(): Ready;
  /** Throws `not_ready` when the cache is not open. */
  cache(): Cache;
  connection(): ConnectionState;
  /** Messages that wait. */
  countUnsent(): Promise<number>;
  /** How much waits to be sent that ends with this process. */
  lostOnQuit(): number;
  storageTasks: StorageTasks;
  /** Tells the page, and counts again what is unsent where that may have changed. */
  changed(changes: ChangeSet): void;
  settings: Pick<SettingsStore, 'get' | 'save'>;
  undo: UndoStore;
  lock: Pick<Locking, 'saved' | 'touched'>;
  lost: Pick<LostDevice, 'receipt' | 'dismiss'>;
  tickets: Tickets;
  imports: Imports;
  retention: Retention;
  termination: Pick<TerminationClock, 'view'>;
  promises: Pick<Promises, 'judge' | 'trust'>;
  /** What was promised may be another thing now. */
  followPromises(): void;
  backups: Backups;
  exporting: Exporting;
  /** Writes a line of the audit: who did what to whom, in ids and numbers. */
  audit(entry: AuditLine): Promise<void>;
  /** The same without waiting: written soon, with others. */
  auditSoon(entry: AuditLine): void;
  /** Everything of the audit is in the cache when it resolves. */
  flushAudit(): Promise<void>;
  /** Statements of the cache that took long since the start. */
  slow: Pick<SlowStatements, 'list'>;
  userDataDir: string;
  presence: Pick<Presence, 'list'>;
  attention: Attention;
  keyMode(): string | null;
  gatewayHttp: Parts['gatewayHttp'];
  openedFiles: Pick<OpenedFiles, 'put'>;
  shell: Shell;
  version: string;
  now(): number;
};

export type Handler<N extends CallName> = (
  input: z.output<Calls[N]['input']>,
  context: Context,
) => Promise<CallOutput<N>>;

export type Handlers = { [N in CallName]: Handler<N> };
