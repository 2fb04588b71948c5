/** A gateway's end of the socket, played by a test: says what it is told to say, answers requests by a script, writes a log. */
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { RequestFailure } from '../../electron/sync/ports.ts';
import type {
  RequestName,
  SocketFactory,
  SocketListener,
  SocketTarget,
  SyncSocket,
} from '../../electron/sync/ports.ts';

export type ScriptedSocket = {
  readonly target: SocketTarget;
  readonly listener: SocketListener;
  readonly closed: boolean;
  /** Says hello, as a gateway of this protocol does. */
  hello(protocol?: number, serverTime?: number): void;
  /** Sends a batch; resolves with the cursor that was acked. */
  batch(from: number, to: number, events?: unknown[], head?: number): Promise<number>;
  /** The connection breaks. */
  cut(cause?: 'gateway' | 'network'): void;
};

export type Answer = (payload: unknown, socket: ScriptedSocket) => unknown;

export type ScriptedGateway = {
  factory: SocketFactory;
  readonly sockets: ScriptedSocket[];
  readonly last: ScriptedSocket;
  /** How a kind of request is answered; may return a promise. NEVER leaves it without an answer. */
  on(name: RequestName, answer: Answer): void;
  /** What was asked, in order: name and payload. */
  readonly requests: { name: RequestName; payload: unknown }[];
  readonly signals: unknown[];
};

/** A request that is never answered. */
export const NEVER: Promise<never> = new Promise(() => undefined);

export const accepted = (value: unknown): { ok: true; value: unknown } => ({ ok: true, value });

export function createScriptedGateway(): ScriptedGateway {
  const sockets: ScriptedSocket[] = [];
  const answers = new Map<RequestName, Answer>([['subscribe', () => accepted({ head: 0 })]]);
  const requests: { name: RequestName; payload: unknown }[] = [];
  const signals: unknown[] = [];

  const factory: SocketFactory = (target, listener) => {
    const rejects = new Set<(failure: RequestFailure) => void>();
    let closed = false;
    const close = () => {
      closed = true;
      for (const reject of rejects) reject(new RequestFailure('closed'));
      rejects.clear();
    };
    const scripted: ScriptedSocket = {
      target,
      listener,
      get closed() {
        return closed;
      },
      hello(protocol = PROTOCOL_VERSION, serverTime = 0) {
        listener.hello({ protocol, gateway: { name: 'scripted', version: '0' }, serverTime });
      },
      batch: (from, to, events = [], head = to) =>
        new Promise((resolve) => listener.batch({ from, to, head, events }, resolve)),
      cut(cause = 'network') {
        close();
        listener.closed(cause);
      },
    };
    sockets.push(scripted);
    const socket: SyncSocket = {
      request(name, payload) {
        requests.push({ name, payload });
        return new Promise((resolve, reject) => {
          if (closed) {
            reject(new RequestFailure('closed'));
            return;
          }
          rejects.add(reject);
          const answer = answers.get(name);
          Promise.resolve(answer === undefined ? NEVER : answer(payload, scripted)).then(resolve, reject);
        });
      },
      signal: (payload) => void signals.push(payload),
      close,
    };
    return socket;
  };

  return {
    factory,
    sockets,
    requests,
    signals,
    get last() {
      const socket = sockets.at(-1);
      if (socket === undefined) throw new Error('no socket was opened');
      return socket;
    },
    on: (name, answer) => void answers.set(name, answer),
  };
}
