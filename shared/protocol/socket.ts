/** The names on the socket, typed for Socket.IO on both ends. All payloads are unknown until checked by their schema. */

/** Gateway to desktop. `batch` is acked after commit with the desktop's cursor. */
export type GatewayToDesktop = {
  hello: (hello: unknown) => void;
  batch: (batch: unknown, ack: (cursor: number) => void) => void;
  ephemeral: (event: unknown) => void;
  /** The session ends now: `kind` of AuthErrorKind. The socket is closed after it. */
  goodbye: (reason: unknown) => void;
};

/** Desktop to gateway. Every one is answered by its ack. */
export type DesktopToGateway = {
  subscribe: (request: unknown, ack: (answer: unknown) => void) => void;
  'sync.snapshot': (request: unknown, ack: (answer: unknown) => void) => void;
  'sync.conversations': (request: unknown, ack: (answer: unknown) => void) => void;
  'sync.contacts': (request: unknown, ack: (answer: unknown) => void) => void;
  'sync.history': (request: unknown, ack: (answer: unknown) => void) => void;
  'conversation.history': (request: unknown, ack: (answer: unknown) => void) => void;
  command: (command: unknown, ack: (answer: unknown) => void) => void;
  ephemeral: (signal: unknown) => void;
};

/** At most this many batches are under way without an ack; the gateway holds the rest back. */
export const MAX_UNACKED_BATCHES = 4;
/** At most this many events in one batch. */
export const MAX_BATCH_EVENTS = 500;
