/**
 * One desktop on a socket: its place in the log and how far batches may run ahead of its acks. Nothing is buffered: when an ack comes
 * the next stretch is read from the log.
 */
import type { Socket } from 'socket.io';
import type { EphemeralEvent } from '../../shared/protocol/ephemeral.ts';
import type { DesktopToGateway, GatewayToDesktop } from '../../shared/protocol/socket.ts';
import { MAX_UNACKED_BATCHES } from '../../shared/protocol/socket.ts';
import type { Session } from '../store/sessions.ts';
import type { Viewer } from '../store/visibility.ts';
import type { ServerContext, SessionEnd } from './context.ts';
import { Refusal } from './errors.ts';
import { RawJson } from './wire-json.ts';

/** Lossy signals that may wait in a socket's buffer. */
const MAX_LOSSY = 100;

export type DesktopSocket = Socket<DesktopToGateway, GatewayToDesktop>;

export class Connection {
  readonly socket: DesktopSocket;
  readonly session: Session;
  readonly #context: ServerContext;
  /** Everything up to here has been sent; null before `subscribe`. */
  #sentTo: number | null = null;
  #unacked = 0;
  /** Counts subscriptions: an ack that belongs to an earlier one is not counted. */
  #generation = 0;
  #scheduled = false;
  #expiry: NodeJS.Timeout | null = null;
  /** Lossy signals written since the socket's buffer was last empty. */
  #lossy = 0;

  constructor(context: ServerContext, socket: DesktopSocket, session: Session) {
    this.#context = context;
    this.socket = socket;
    this.session = session;
    this.#watchExpiry(session.expiresAt);
    socket.conn.on('drain', () => {
      this.#lossy = 0;
    });
  }

  /** The user as of now. Throws when disabled meanwhile. */
  viewer(): Viewer {
    const viewer = this.#context.store.people.viewer(this.session.userId);
    if (viewer === null) throw new Refusal('forbidden');
    return viewer;
  }

  /** Starts to send everything after `cursor`. Returns the head of the log. */
  subscribe(cursor: number): number {
    const { head, floor } = this.#context.store.log.ends(this.viewer().ws);
    if (cursor > head || cursor < floor) throw new Refusal('conflict', 'the cursor is not in the log');
    this.#generation += 1;
    this.#sentTo = cursor;
    this.#unacked = 0;
    this.wake();
    return head;
  }

  /** Something was appended: send it in the next turn of the event loop, once for many commits. */
  wake(): void {
    if (this.#scheduled || this.#sentTo === null || this.#unacked >= MAX_UNACKED_BATCHES) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      try {
        this.#send();
      } catch (error) {
        const name = error instanceof Error ? error.name : typeof error;
        this.#context.logger.error({ error: name }, 'a batch could not be read');
        this.end('unavailable');
      }
    });
  }

  #send(): void {
    if (!this.socket.connected || this.#sentTo === null || this.#unacked >= MAX_UNACKED_BATCHES) return;
    const viewer = this.#context.store.people.viewer(this.session.userId);
    if (viewer === null) {
      this.end('user_disabled');
      return;
    }
    const stretch = this.#context.store.stream.after(viewer, this.#sentTo);
    if (stretch === null) return;
    this.#sentTo = stretch.to;
    this.#unacked += 1;
    const generation = this.#generation;
    this.socket.emit('batch', new RawJson(stretch.json), () => {
      if (generation !== this.#generation) return;
      this.#unacked = Math.max(0, this.#unacked - 1);
      this.wake();
    });
    // One stretch per turn, so that a far-back desktop does not hold up the others.
    this.wake();
  }

  /**
   * Sends what may get lost: to a desktop that does not read, nothing is piled up. (Socket.IO's own `volatile` is no use: it drops
   * the second of two signals of the same moment.)
   */
  signal(event: EphemeralEvent): void {
    if (this.#lossy >= MAX_LOSSY) return;
    this.#lossy += 1;
    this.socket.emit('ephemeral', event);
  }

  /** The socket lives as long as the session has an access token that is good: a refresh over HTTP prolongs it. */
  #watchExpiry(expiresAt: number): void {
    const waitMs = Math.min(Math.max(expiresAt - this.#context.now(), 0) + 50, 2 ** 31 - 1);
    this.#expiry = setTimeout(() => {
      const end = this.#context.store.sessions.accessEnd(this.session.sessionId);
      if (end > this.#context.now()) this.#watchExpiry(end);
      else this.end('session_expired');
    }, waitMs);
    this.#expiry.unref();
  }

  /** Says why, then closes. */
  end(kind: SessionEnd): void {
    this.socket.emit('goodbye', { kind });
    this.closed();
    this.socket.disconnect(true);
  }

  closed(): void {
    this.#sentTo = null;
    if (this.#expiry !== null) clearTimeout(this.#expiry);
    this.#expiry = null;
  }
}
