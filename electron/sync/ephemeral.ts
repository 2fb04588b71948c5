/** Lossy signals: what this user is doing goes out, throttled; what others are doing comes in. Nothing is stored or repeated. */
import { EphemeralEvent } from '../../shared/protocol/ephemeral.ts';
import type { EphemeralSignal } from '../../shared/protocol/ephemeral.ts';
import type { Clock, Log, SyncSocket } from './ports.ts';

export type Ephemeral = {
  /** The newest presence and viewing are told to each new connection. */
  attach(socket: SyncSocket): void;
  detach(): void;
  signal(signal: EphemeralSignal): void;
  receive(raw: unknown): void;
};

/** While somebody types, `typing: true` is repeated at most this often; others forget it after 10 s (protocol, section 2.5). */
export const TYPING_INTERVAL = 3_000;
/** Clicking through conversations: only where one stays is told. */
export const VIEWING_DELAY = 300;

export function createEphemeral(options: {
  clock: Clock;
  log: Log;
  onEvent: (event: EphemeralEvent) => void;
}): Ephemeral {
  const { clock, log, onEvent } = options;
  let socket: SyncSocket | null = null;
  // Whoever opens the application is there; the page tells when that changes.
  let presence: EphemeralSignal = { type: 'presence', state: 'available' };
  let viewing: EphemeralSignal | null = null;
  let toldViewing: string | null = null;
  let cancelViewing: (() => void) | null = null;
  /** Per conversation: when typing was last told. */
  const typing = new Map<string, number>();

  function tellViewing(): void {
    cancelViewing = null;
    if (viewing?.type !== 'viewing' || viewing.conversationId === toldViewing || socket === null) return;
    toldViewing = viewing.conversationId;
    socket.signal(viewing);
  }

  return {
    attach(next) {
      socket = next;
      toldViewing = null;
      socket.signal(presence);
      tellViewing();
    },
    detach() {
      socket = null;
      typing.clear();
      cancelViewing?.();
      cancelViewing = null;
    },
    signal(signal) {
      switch (signal.type) {
        case 'presence':
          presence = signal;
          socket?.signal(signal);
          return;
        case 'viewing':
          viewing = signal;
          cancelViewing ??= clock.after(VIEWING_DELAY, tellViewing);
          return;
        case 'typing': {
          const last = typing.get(signal.conversationId);
          if (!signal.typing) {
            typing.delete(signal.conversationId);
            if (last !== undefined) socket?.signal(signal);
            return;
          }
          if (last !== undefined && clock.now() - last < TYPING_INTERVAL) return;
          typing.set(signal.conversationId, clock.now());
          socket?.signal(signal);
        }
      }
    },
    receive(raw) {
      const event = EphemeralEvent.safeParse(raw);
      if (event.success) onEvent(event.data);
      else log('debug', 'ephemeral event does not fit');
    },
  };
}
