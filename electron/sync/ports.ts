/** What the sync engine needs from outside. Tests give a fake clock and a scripted socket; the application gives the real ones. */

/** `now` in epoch milliseconds. `after` runs once; calling what it answers takes it back. */
export type Clock = { now(): number; after(ms: number, run: () => void): () => void };

/** Uniform in [0, 1): jitter only, never anything secret. */
export type Random = () => number;

/** Fields are numbers, ids, kinds and paths: never a token, never what somebody wrote. */
export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  event: string,
  fields?: Record<string, string | number | boolean | null>,
) => void;

export type RequestName =
  | 'subscribe'
  | 'sync.snapshot'
  | 'sync.conversations'
  | 'sync.contacts'
  | 'sync.history'
  | 'conversation.history'
  | 'command';

/** What a socket tells. After `refused` or `closed` it says nothing more. */
export type SocketListener = {
  hello(raw: unknown): void;
  batch(raw: unknown, ack: (cursor: number) => void): void;
  ephemeral(raw: unknown): void;
  goodbye(raw: unknown): void;
  /** The handshake was refused with this `data`; undefined when nobody answered. */
  refused(data: unknown): void;
  /** `gateway`: the other side ended it; `network`: it broke. */
  closed(cause: 'gateway' | 'network'): void;
};

export type SyncSocket = {
  /** Answers what the gateway acked; rejects with RequestFailure. */
  request(name: RequestName, payload: unknown, timeoutMs: number): Promise<unknown>;
  /** Lossy: dropped when the socket is not connected. */
  signal(payload: unknown): void;
  /** Closes without a further call of the listener. Requests under way reject with `closed`. */
  close(): void;
};

export type SocketTarget = { gateway: string; token: string; protocol: number };
export type SocketFactory = (target: SocketTarget, listener: SocketListener) => SyncSocket;

/** No answer to a request: it may or may not have been done. */
export class RequestFailure extends Error {
  readonly kind: 'timeout' | 'closed';

  constructor(kind: 'timeout' | 'closed') {
    super(kind === 'timeout' ? 'the gateway did not answer in time' : 'the socket closed before the answer');
    this.name = 'RequestFailure';
    this.kind = kind;
  }
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
