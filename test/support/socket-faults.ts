/**
 * A network that misbehaves, message by message, between the sync engine and a real socket: batches are dropped, doubled, held back
 * so that others overtake them; commands and their answers get lost or arrive twice; the connection is cut. What TCP would never do
 * to one connection is included on purpose: the engine must not rely on it.
 */
import { RequestFailure } from '../../electron/sync/ports.ts';
import type { SocketFactory, SocketListener, SyncSocket } from '../../electron/sync/ports.ts';

/** Probabilities in [0, 1]. */
export type Faults = {
  dropBatch: number;
  doubleBatch: number;
  holdBatch: number;
  /** A command is not sent / sent twice / its answer does not come. */
  dropCommand: number;
  doubleCommand: number;
  dropAnswer: number;
  /** With each message that comes in. */
  cut: number;
};

export const NO_FAULTS: Faults = {
  dropBatch: 0,
  doubleBatch: 0,
  holdBatch: 0,
  dropCommand: 0,
  doubleCommand: 0,
  dropAnswer: 0,
  cut: 0,
};

export const BAD_NETWORK: Faults = {
  dropBatch: 0.08,
  doubleBatch: 0.15,
  holdBatch: 0.15,
  dropCommand: 0.08,
  doubleCommand: 0.15,
  dropAnswer: 0.1,
  cut: 0.03,
};

/** Milliseconds for which a held batch is overtaken. */
const HELD = 8;
/** Milliseconds in which a busy machine answers the simplest request. */
const MOMENT = 2_000;

export type FaultySockets = {
  factory: SocketFactory;
  faults: Faults;
  /** While true nothing gets through and nobody can connect. */
  unplugged: boolean;
  /** Breaks the connection that is open. */
  cut(): void;
  /** Told of what happens to commands on the way. */
  onCommand: (what: 'emitted' | 'answered') => void;
};

/**
 * `impatience` divides the time limits of commands and subscriptions, so that a lost answer does not cost a test 20 s. A subscription
 * waits for `MOMENT` at least: its end is the end of the connection.
 */
export function createFaultySockets(
  real: SocketFactory,
  random: () => number,
  impatience: number,
): FaultySockets {
  const open = new Set<() => void>();
  const sockets: FaultySockets = {
    factory: connect,
    faults: { ...NO_FAULTS },
    unplugged: false,
    cut() {
      for (const cut of open) cut();
    },
    onCommand: () => undefined,
  };
  const happens = (probability: number) => probability > 0 && random() < probability;

  function connect(target: Parameters<SocketFactory>[0], listener: SocketListener): SyncSocket {
    if (sockets.unplugged) {
      const timer = setTimeout(() => listener.refused(undefined), 1);
      return {
        request: () => Promise.reject(new RequestFailure('closed')),
        signal: () => undefined,
        close: () => clearTimeout(timer),
      };
    }
    let over = false;
    const cut = () => {
      if (over) return;
      over = true;
      open.delete(cut);
      inner.close();
      listener.closed('network');
    };
    const heard = () => {
      if (happens(sockets.faults.cut)) cut();
    };
    const inner = real(target, {
      hello: (raw) => listener.hello(raw),
      batch(raw, ack) {
        heard();
        const deliver = () => {
          if (!over) listener.batch(raw, ack);
        };
        if (happens(sockets.faults.dropBatch)) return;
        if (happens(sockets.faults.holdBatch)) setTimeout(deliver, HELD);
        else deliver();
        if (happens(sockets.faults.doubleBatch)) setTimeout(deliver, HELD * random());
      },
      ephemeral: (raw) => listener.ephemeral(raw),
      goodbye: (raw) => listener.goodbye(raw),
      refused(data) {
        open.delete(cut);
        listener.refused(data);
      },
      closed(cause) {
        over = true;
        open.delete(cut);
        listener.closed(cause);
      },
    });
    open.add(cut);

    async function request(
      ...[name, payload, timeoutMs]: Parameters<SyncSocket['request']>
    ): Promise<unknown> {
      const limit = timeoutMs / impatience;
      if (name === 'subscribe') return inner.request(name, payload, Math.max(MOMENT, limit));
      if (name !== 'command') return inner.request(name, payload, timeoutMs);
      if (happens(sockets.faults.dropCommand)) return silence(limit);
      const answered = inner.request(name, payload, limit);
      if (happens(sockets.faults.doubleCommand)) inner.request(name, payload, limit).catch(() => undefined);
      sockets.onCommand('emitted');
      const answer = await answered;
      heard();
      if (over) throw new RequestFailure('closed');
      if (happens(sockets.faults.dropAnswer)) return silence(limit);
      sockets.onCommand('answered');
      return answer;
    }

    return {
      request,
      signal: (payload) => inner.signal(payload),
      close() {
        over = true;
        open.delete(cut);
        inner.close();
      },
    };
  }

  return sockets;
}

function silence(ms: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new RequestFailure('timeout')), ms);
  });
}
