import type { CallName, CallOutput } from '../../../shared/contract/calls.ts';
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { CallFrame, ServerFrame } from '../../../shared/contract/frames.ts';
import { SOCKET_PATH, TOKEN_PATH } from '../../../shared/contract/frames.ts';
import type { Bridge, Link } from './bridge.ts';
import { Listeners } from './listeners.ts';

interface Waiting {
  readonly frame: CallFrame;
  readonly settle: (value: unknown) => void;
  readonly fail: (error: CallFailure) => void;
  sent: boolean;
}

const FIRST_RETRY = 250;
const LAST_RETRY = 5_000;
/** While the process is away, calls wait this long before they are refused. */
const PATIENCE = 15_000;

/**
 * The bridge over a WebSocket to the server that served this page. A lost socket comes back by itself; a call that was under way is
 * refused, because nobody knows whether it was done, and the page then reads everything again.
 */
export async function loopbackBridge(location: Location): Promise<Bridge> {
  await exchangeToken(location);
  return new LoopbackBridge(socketUrl(location));
}

/** Trades the one-time token of the address for a cookie, and takes it out of the address. */
async function exchangeToken(location: Location): Promise<void> {
  const token = /^#token=(.+)$/u.exec(location.hash)?.[1];
  if (token === undefined) return;
  const answer = await fetch(TOKEN_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: decodeURIComponent(token) }),
    credentials: 'same-origin',
  });
  // Used up already (the page was loaded again): the cookie of the first time still counts, and the socket will tell.
  if (!answer.ok && answer.status !== 401 && answer.status !== 403) {
    throw new CallFailure({ kind: 'internal', message: `token exchange answered ${String(answer.status)}` });
  }
  window.history.replaceState(null, '', `${location.pathname}${location.search}`);
}

function socketUrl(location: Location): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${SOCKET_PATH}`;
}

class LoopbackBridge implements Bridge {
  readonly #url: string;
  readonly #events = new Listeners();
  readonly #links = new Set<(link: Link) => void>();
  readonly #waiting = new Map<number, Waiting>();
  #socket: WebSocket | null = null;
  #link: Link = 'open';
  #nextId = 1;
  #retry = FIRST_RETRY;

  constructor(url: string) {
    this.#url = url;
    this.#connect();
  }

  call<N extends CallName>(name: N, input: unknown): Promise<CallOutput<N>> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise<CallOutput<N>>((resolve, reject) => {
      const waiting: Waiting = {
        frame: { id, name, input },
        settle: (value) => resolve(value as CallOutput<N>),
        fail: reject,
        sent: false,
      };
      this.#waiting.set(id, waiting);
      this.#send(waiting);
      if (!waiting.sent) setTimeout(() => this.#giveUp(id), PATIENCE);
    });
  }

  on: Bridge['on'] = (event, listener) => this.#events.add(event, listener);

  onLink(listener: (link: Link) => void): () => void {
    this.#links.add(listener);
    listener(this.#link);
    return () => {
      this.#links.delete(listener);
    };
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#retry = FIRST_RETRY;
      for (const waiting of this.#waiting.values()) this.#send(waiting);
      this.#tell('open');
    });
    socket.addEventListener('message', (message) =>
      this.#receive(JSON.parse(String(message.data)) as ServerFrame),
    );
    socket.addEventListener('close', () => {
      this.#socket = null;
      for (const [id, waiting] of this.#waiting) {
        if (!waiting.sent) continue;
        this.#waiting.delete(id);
        waiting.fail(
          new CallFailure({ kind: 'not_ready', message: 'the connection to the application was lost' }),
        );
      }
      this.#tell('lost');
      setTimeout(() => this.#connect(), this.#retry);
      this.#retry = Math.min(this.#retry * 2, LAST_RETRY);
    });
  }

  #send(waiting: Waiting): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    waiting.sent = true;
    this.#socket.send(JSON.stringify(waiting.frame));
  }

  #receive(frame: ServerFrame): void {
    if ('event' in frame) {
      this.#events.emit(frame.event, frame.data);
      return;
    }
    const waiting = this.#waiting.get(frame.id);
    if (waiting === undefined) return;
    this.#waiting.delete(frame.id);
    if (frame.result.ok) waiting.settle(frame.result.value);
    else waiting.fail(new CallFailure(frame.result.error));
  }

  #giveUp(id: number): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined || waiting.sent) return;
    this.#waiting.delete(id);
    waiting.fail(new CallFailure({ kind: 'not_ready', message: 'the application cannot be reached' }));
  }

  #tell(link: Link): void {
    if (link === this.#link) return;
    this.#link = link;
    for (const listener of this.#links) listener(link);
  }
}
