/**
 * A bad network between a desktop and a gateway, as its own server on its own port, so that both can be real processes. It delays,
 * drops, doubles and reorders the messages of Socket.IO (events and acks; the handshake and heartbeats always pass, or nothing
 * would be tested but reconnection), loses answers of HTTP requests, and cuts everything off until healed. What happens to the
 * n-th message of a connection follows from the seed.
 */
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { RawData } from 'ws';
import { randomOf } from '../../gateway/providers/simulator/random.ts';
import type { Random } from '../../gateway/providers/simulator/random.ts';

/** Chances from 0 to 1 for each message, and milliseconds. */
export type ProxyFaults = {
  drop: number;
  duplicate: number;
  /** Held back until others have overtaken it, or for `holdMs`. */
  reorder: number;
  holdMs: number;
  /** The connection breaks in place of this message. */
  cut: number;
  /** Everything is late by this much; order is kept. */
  delayMs: { min: number; max: number };
  /** An HTTP request is carried out, and its answer is lost. */
  loseAnswer: number;
};

export const NO_PROXY_FAULTS: ProxyFaults = {
  drop: 0,
  duplicate: 0,
  reorder: 0,
  holdMs: 40,
  cut: 0,
  delayMs: { min: 0, max: 0 },
  loseAnswer: 0,
};

export type ProxyCounts = Record<
  'passed' | 'dropped' | 'duplicated' | 'reordered' | 'cut' | 'lostAnswers',
  number
>;

export type FaultProxy = {
  /** What a desktop is given as the gateway's address. */
  url: string;
  counts: ProxyCounts;
  /** Changes some faults, for messages from now on. */
  setFaults(faults: Partial<ProxyFaults>): void;
  /** Breaks all connections and refuses new ones, until `heal`. */
  cut(): void;
  heal(): void;
  /** Breaks what is open now; new connections are welcome. */
  blink(): void;
  /** The gateway is somewhere else now (it was started anew). */
  setTarget(url: string): void;
  /** Open WebSocket connections. */
  open(): number;
  close(): Promise<void>;
};

export async function startFaultProxy(options: {
  target: string;
  seed: number;
  faults?: Partial<ProxyFaults>;
}): Promise<FaultProxy> {
  const random = randomOf(options.seed, 'fault-proxy');
  const faults: ProxyFaults = { ...NO_PROXY_FAULTS, ...options.faults };
  const counts: ProxyCounts = { passed: 0, dropped: 0, duplicated: 0, reordered: 0, cut: 0, lostAnswers: 0 };
  const links = new Set<Link>();
  const sockets = new Set<Duplex>();
  let target = new URL(options.target);
  let isCut = false;
  let connections = 0;

  const server = createServer((request, response) => {
    if (isCut) request.socket.destroy();
    else carryHttp(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (isCut) socket.destroy();
  });

  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    if (isCut) {
      socket.destroy();
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (client) => {
      connections += 1;
      const upstream = new WebSocket(new URL(request.url ?? '/', webSocketUrl(target)), {
        perMessageDeflate: false,
      });
      const link = createLink(client, upstream, {
        faults,
        counts,
        random: random.fork(`connection ${connections}`),
      });
      links.add(link);
      void link.ended.then(() => links.delete(link));
    });
  });

  function carryHttp(request: IncomingMessage, response: ServerResponse): void {
    const lose = random.chance(faults.loseAnswer);
    const late = random.int(faults.delayMs.min, faults.delayMs.max);
    const { host: _host, connection: _connection, ...headers } = request.headers;
    const upstream = httpRequest(
      { hostname: target.hostname, port: target.port, path: request.url, method: request.method, headers },
      (answer) => {
        setTimeout(() => {
          if (lose) {
            counts.lostAnswers += 1;
            request.socket.destroy();
            answer.resume();
            return;
          }
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        }, late);
      },
    );
    upstream.on('error', () => request.socket.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  }

  function blink(): void {
    for (const link of links) link.break();
    for (const socket of sockets) socket.destroy();
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    counts,
    setFaults(changed) {
      Object.assign(faults, changed);
    },
    cut() {
      isCut = true;
      blink();
    },
    heal() {
      isCut = false;
    },
    blink,
    setTarget(url) {
      target = new URL(url);
    },
    open: () => links.size,
    async close() {
      blink();
      await Promise.all([...links].map((link) => link.ended));
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

function webSocketUrl(target: URL): string {
  return `ws://${target.host}`;
}

type Link = { break(): void; ended: Promise<void> };
type LinkContext = { faults: ProxyFaults; counts: ProxyCounts; random: Random };

/** One connection: two lanes, and an end that both sides share. */
function createLink(client: WebSocket, upstream: WebSocket, context: LinkContext): Link {
  const breakIt = (): void => {
    client.terminate();
    upstream.terminate();
  };
  const lanes = [
    createLane(client, upstream, context, context.random.fork('up'), breakIt),
    createLane(upstream, client, context, context.random.fork('down'), breakIt),
  ];
  const closed = [client, upstream].map(
    (socket) =>
      new Promise<void>((resolve) => {
        socket.once('close', (code, reason) => {
          const other = socket === client ? upstream : client;
          if (other.readyState === WebSocket.CONNECTING) other.terminate();
          // 1005 and 1006 are never sent; they only say that nothing was.
          else if (code >= 1000 && code !== 1005 && code !== 1006) other.close(code, reason);
          else other.close();
          resolve();
        });
      }),
  );
  // An error is always followed by the close above.
  client.on('error', () => {});
  upstream.on('error', () => {});
  const ended = Promise.all(closed).then(() => {
    for (const lane of lanes) lane.stop();
  });
  return { break: breakIt, ended };
}

/** Carries messages one way. */
function createLane(
  from: WebSocket,
  to: WebSocket,
  context: LinkContext,
  random: Random,
  breakIt: () => void,
) {
  const { faults, counts } = context;
  const timers = new Set<NodeJS.Timeout>();
  const early: (() => void)[] = [];
  let held: { send: () => void; timer: NodeJS.Timeout }[] = [];
  let lastDue = 0;

  function put(data: RawData, isBinary: boolean): void {
    const write = (): void => {
      if (to.readyState === WebSocket.OPEN) to.send(data, { binary: isBinary });
    };
    if (to.readyState === WebSocket.CONNECTING) early.push(write);
    else write();
  }

  /** After the delay, but never before what was sent earlier. */
  function inTurn(action: () => void): void {
    const wait = random.int(faults.delayMs.min, faults.delayMs.max);
    const due = Math.max(lastDue, Date.now() + wait);
    lastDue = due;
    if (due <= Date.now() && timers.size === 0) {
      action();
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, due - Date.now());
    timers.add(timer);
  }

  function release(): void {
    const overtaken = held;
    held = [];
    for (const { send, timer } of overtaken) {
      clearTimeout(timer);
      send();
    }
  }

  function hold(send: () => void): void {
    counts.reordered += 1;
    held.push({ send, timer: setTimeout(release, faults.holdMs) });
  }

  to.once('open', () => {
    for (const write of early.splice(0)) write();
  });
  from.on('message', (data, isBinary) => {
    if (isBinary || !isMessage(data)) {
      inTurn(() => put(data, isBinary));
      return;
    }
    // One number decides, so that changing one chance does not shift the fate of all that follows.
    const fate = random.next();
    const steps = [faults.cut, faults.drop, faults.duplicate, faults.reorder];
    const limits = steps.map((_, index) => steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0));
    const [cut = 0, drop = 0, duplicate = 0, reorder = 0] = limits;
    if (fate < cut) {
      counts.cut += 1;
      breakIt();
    } else if (fate < drop) {
      counts.dropped += 1;
    } else if (fate < duplicate) {
      counts.duplicated += 1;
      inTurn(() => {
        put(data, false);
        put(data, false);
        release();
      });
    } else if (fate < reorder) {
      inTurn(() => hold(() => put(data, false)));
    } else {
      counts.passed += 1;
      inTurn(() => {
        put(data, false);
        release();
      });
    }
  });

  return {
    stop(): void {
      for (const timer of timers) clearTimeout(timer);
      for (const { timer } of held) clearTimeout(timer);
    },
  };
}

/** An event or an ack of Socket.IO: Engine.IO's `4` (message), then `2` or `3` (Socket.IO protocol 5). */
function isMessage(data: RawData): boolean {
  const bytes = Array.isArray(data) ? data[0] : data instanceof ArrayBuffer ? new Uint8Array(data) : data;
  return bytes?.[0] === 0x34 && (bytes[1] === 0x32 || bytes[1] === 0x33);
}
