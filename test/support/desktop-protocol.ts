/** What a test says to a desktop in a process of its own, and what it hears. */
import type { ConnectionState } from '../../shared/contract/state.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { Cache } from '../../electron/cache/api.ts';
import type { Faults } from './socket-faults.ts';

/**
 * Where the process dies, as kill -9 does it.
 * - `before_commit`: everything of a transaction is written, nothing committed (in the cache's writer)
 * - `middle_of_batch`: between two events of one batch (in the writer)
 * - `after_commit`: committed, nobody told: neither the page nor the gateway (in the writer)
 * - `after_emit`: a command has gone out, its answer has not come
 * - `after_ack`: the answer has come, it is not settled
 * - `after_settle`: it is settled, the pump has not gone on
 */
export const CRASH_POINTS = [
  'before_commit',
  'middle_of_batch',
  'after_commit',
  'after_emit',
  'after_ack',
  'after_settle',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/** `after`: how often the point is passed before the process dies there. */
export type Crash = { point: CrashPoint; after: number };

export type ChildConfig = {
  folder: string;
  gateway: string;
  email: string;
  password: string;
  seed: number;
  crash: Crash | null;
  faults: Faults;
  /** The clock runs this many times as fast as the real one since `epoch`, which all processes of a test share. */
  hurry: number;
  epoch: number;
  /** The time limits of commands are divided by this. */
  impatience: number;
};

export type ChildCall =
  | { call: 'enqueue'; command: Command; sendIn?: number }
  /** Takes commands back; answers those that had not left. */
  | { call: 'withdraw'; ids: string[] }
  /** Throws away what is held; answers how much. */
  | { call: 'discardHeld' }
  | { call: 'cut' }
  | { call: 'unplug'; unplugged: boolean }
  | { call: 'faults'; faults: Faults }
  | { call: 'sleep' }
  | { call: 'status' }
  | { call: 'dump' }
  | { call: 'close' };

export type ChildStatus = {
  connection: ConnectionState;
  cursor: number;
  stage: string;
  outbox: number;
  /** Conversations whose history is not all here. */
  incomplete: number;
  quarantined: number;
  log: string[];
};

export type ChildDump = Awaited<ReturnType<Cache['read']['dump']>>;

export type ToChild = { id: number } & ChildCall;
export type FromChild =
  | { ready: true }
  | { failed: string }
  | { id: number; value: unknown }
  | { id: number; error: string };
