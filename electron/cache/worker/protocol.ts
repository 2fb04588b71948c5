/** What passes between the main thread and a worker: plain data only. */
import type { CacheErrorKind, CacheRefusalKind } from '../api.ts';
import type { CrashAt } from '../crash-points.ts';

/** What `open` is asked with. `key` is wiped by the worker as soon as the connection is open. `crashAt`: tests only, see crash-points.ts. */
export type WorkerData = {
  file: string;
  key: Uint8Array;
  keyIsRight: boolean;
  crashAt: CrashAt | null;
  /** The writer sets the file aside and makes a new one, answers one `report`, and does nothing else. */
  recover?: boolean;
};

/** The first request has `WorkerData` as its input, opens the connection and is answered by `Ready`. */
export type Request = { id: number; method: string; input: unknown };

export type Reply =
  | { id: number; ok: true; value: unknown }
  /** The value as JSON text, put together from stored JSON: parsed once, by the asking side. */
  | { id: number; ok: true; json: string }
  | { id: number; ok: false; error: WireError };

/** First message of a worker: its connection is open, or why it is not. */
export type Ready = { ready: true } | { ready: false; error: WireError };

/** `statement`: SQL without its parameters, which may be contents. */
export type Notice = { slow: { statement: string; ms: number } };

export type WireError =
  | { type: 'failure'; kind: CacheErrorKind; message: string }
  | { type: 'refusal'; kind: CacheRefusalKind; message: string }
  | { type: 'bug'; message: string; stack: string };

export type FromWorker = Reply | Ready | Notice;
