/**
 * A gateway that says what a test wants, over real HTTP and Socket.IO: for what the reference gateway would never do. It signs
 * everybody in and has an empty workspace.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';

export type StandIn = {
  url: string;
  /** Tokens of refreshes that were asked for. */
  refreshes: string[];
  /** Handshakes that arrived, refused ones included. */
  handshakes: number;
  /** `data` of the refusal for the next handshakes; null lets them in. */
  refusal: object | null;
  /** What a request is answered with; a Refused refuses. Missing ones get an empty page of everything. */
  answers: Record<string, (request: unknown) => unknown>;
  /** Sends a batch to the newest socket; resolves with the cursor that was acked. */
  batch(batch: object): Promise<unknown>;
  readonly subscribes: unknown[];
  close(): Promise<void>;
};

const promised = { value: null, source: 'test' };
const rights = Object.fromEntries(
  ['access', 'rectify', 'erase', 'port', 'restrict', 'object', 'withdraw'].map((right) => [right, 'gateway']),
);
const POLICY = {
  id: 'p',
  name: 'p',
  version: 1,
  effectiveAt: 0,
  storage: 'on',
  messageLogDays: promised,
  messageContentDays: promised,
  backupDays: promised,
  terminationDays: promised,
  requestDays: promised,
  breachHours: promised,
  minimumAge: promised,
  noticeDays: promised,
  minimumTls: '1.2',
  rights,
  rev: 0,
};
export const STAND_IN_USER = {
  id: 'stand-in-user',
  name: 'Agent',
  email: 'agent@test.example',
  role: 'owner',
  channelIds: null,
  disabled: false,
  rev: 0,
};

/** An answer that is a refusal for good. */
export class Refused {
  readonly error: object;

  constructor(kind: string) {
    this.error = { kind, retry: 'never', afterMs: null, message: 'by the test' };
  }
}

export async function startStandIn(): Promise<StandIn> {
  let made = 0;
  const tokens = () => {
    made += 1;
    const later = Date.now() + 3_600_000;
    return {
      accessToken: `a${made}`,
      accessExpiresAt: later,
      refreshToken: `r${made}`,
      refreshExpiresAt: later,
    };
  };
  const standIn: StandIn = {
    url: '',
    refreshes: [],
    handshakes: 0,
    refusal: null,
    subscribes: [],
    answers: {},
    batch: () => Promise.reject(new Error('nobody is connected')),
    close: () => Promise.resolve(),
  };

  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      if (request.url === '/v1/auth/refresh') {
        standIn.refreshes.push((JSON.parse(body) as { refreshToken: string }).refreshToken);
      }
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          tokens: tokens(),
          user: STAND_IN_USER,
          workspace: { id: 'w', name: 'Stand-in' },
          deviceId: 'd',
          storage: 'on',
        }),
      );
    });
  });
  const io = new Server(http, { path: '/v1/socket', transports: ['websocket'], serveClient: false });
  io.use((_socket, next) => {
    standIn.handshakes += 1;
    if (standIn.refusal === null) next();
    else next(Object.assign(new Error('refused'), { data: standIn.refusal }));
  });
  const defaults: StandIn['answers'] = {
    subscribe: () => ({ head: 0 }),
    'sync.snapshot': () => ({
      asOf: 0,
      workspace: { id: 'w', name: 'Stand-in' },
      me: STAND_IN_USER,
      users: [STAND_IN_USER],
      channels: [],
      labels: [],
      templates: [],
      policy: POLICY,
      totals: { conversations: 0, messages: 0 },
    }),
    'sync.conversations': () => ({ asOf: 1_000, items: [], next: null }),
    'sync.contacts': () => ({ asOf: 1_000, contacts: [], next: null }),
    'sync.history': () => ({ asOf: 1_000, messages: [], notes: [], next: null }),
  };
  io.on('connection', (socket: Socket) => {
    for (const name of Object.keys(defaults)) {
      socket.on(name, (request: unknown, ack: (answer: unknown) => void) => {
        if (name === 'subscribe') standIn.subscribes.push(request);
        const value = (standIn.answers[name] ?? defaults[name])?.(request);
        ack(value instanceof Refused ? { ok: false, error: value.error } : { ok: true, value });
      });
    }
    standIn.batch = (batch) => new Promise((resolve) => socket.emit('batch', batch, resolve));
    socket.emit('hello', {
      protocol: PROTOCOL_VERSION,
      gateway: { name: 'stand-in', version: '0' },
      serverTime: Date.now(),
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  standIn.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  standIn.close = async () => {
    await io.close();
  };
  return standIn;
}
