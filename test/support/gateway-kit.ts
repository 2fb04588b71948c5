/**
 * A gateway in this process with a small workspace, and desktops that talk to it over real HTTP and real sockets. Passwords are
 * hashed cheaply; everything else is as in production.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { ProviderFact } from '../../gateway/providers/provider.ts';
import { startGateway } from '../../gateway/server/gateway.ts';
import type { Gateway, GatewayOptions } from '../../gateway/server/gateway.ts';
import { hashPassword } from '../../gateway/store/passwords.ts';
import type { Channel } from '../../shared/domain/channel.ts';
import { newId } from '../../shared/domain/id.ts';
import type { MessageContent } from '../../shared/domain/message-content.ts';
import type { Role, User } from '../../shared/domain/workspace.ts';
import type { CommandAck } from '../../shared/protocol/commands.ts';
import type { SignInResponse } from '../../shared/protocol/session.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';

export const CHEAP_COST = { logN: 4, r: 8, p: 1 };
export const PASSWORD = 'correct horse battery';

export type Kit = {
  gateway: Gateway;
  dataDir: string;
  ws: number;
  channel: Channel;
  other: Channel;
  owner: User;
  supervisor: User;
  maya: User;
  tom: User;
  addUser(fields: {
    name: string;
    role: Role;
    channelIds?: string[] | null;
    totpSecret?: string;
  }): Promise<User>;
  /** A customer's message through `ingest`; answers the conversation's id. */
  inbound(from: string, text: string, options?: InboundOptions): string;
  signIn(user: User, device?: string | null): Promise<SignInResponse>;
  connect(user: User): Promise<Desktop>;
  http(
    method: string,
    path: string,
    options?: HttpOptions,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
  /** Ends the gateway and starts it again on the same folder. */
  restart(): Promise<void>;
  /**
   * Does something at the gateway while no desktop finds it: it runs at another address meanwhile, so that nobody who comes back by
   * himself is in between. Afterwards it is at its old address again.
   */
  outOfReach(work: () => void | Promise<void>): Promise<void>;
  close(): Promise<void>;
};
export type InboundOptions = {
  channelId?: string;
  at?: number;
  providerId?: string;
  content?: MessageContent;
};
export type HttpOptions = {
  token?: string;
  json?: unknown;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
};
export type Batch = { from: number; to: number; head: number; events: WireEvent[] };
export type WireEvent = {
  seq: number;
  at: number;
  type: string;
  data: Record<string, never> & Record<string, unknown>;
};
export type Answered = {
  ok: boolean;
  value?: unknown;
  error?: { kind: string; retry: string; message: string };
};

export type Desktop = {
  socket: Socket;
  signIn: SignInResponse;
  hello: unknown;
  batches: Batch[];
  events(): WireEvent[];
  /** The cursor after the last batch. */
  cursor(): number;
  goodbye: Promise<unknown>;
  ephemeral: unknown[];
  /** Holds acks back while false. */
  setAcking(on: boolean): void;
  request(name: string, data: unknown): Promise<Answered>;
  subscribe(cursor: number): Promise<Answered>;
  command(type: string, data: unknown, id?: string): Promise<CommandAck>;
  /** Waits until an event fits. */
  event(matches: (event: WireEvent) => boolean): Promise<WireEvent>;
  close(): void;
};

export async function startKit(options: Partial<GatewayOptions> = {}): Promise<Kit> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'parley-gateway-test-'));
  const start = (at: { port?: number } = {}) =>
    startGateway({ dataDir, passwordCost: CHEAP_COST, ...options, ...at });
  let gateway = await start();
  const { ws } = gateway.store.createWorkspace('Test & Co');
  const passwordHash = await hashPassword(PASSWORD, CHEAP_COST);
  const channel = gateway.store.channels.create(ws, channelFields('Sales', '100', 24));
  const other = gateway.store.channels.create(ws, channelFields('Showroom', '200', null));
  const create = (name: string, role: Role, channelIds: string[] | null = null) =>
    gateway.store.people.createUser(ws, {
      name,
      email: `${name}@test.example`,
      role,
      channelIds,
      passwordHash,
    });
  const owner = create('owner', 'owner');
  const supervisor = create('supervisor', 'supervisor');
  const maya = create('maya', 'agent', [channel.id]);
  const tom = create('tom', 'agent', [channel.id]);
  const desktops = new Set<Desktop>();

  const kit: Kit = {
    get gateway() {
      return gateway;
    },
    dataDir,
    ws,
    channel,
    other,
    owner,
    supervisor,
    maya,
    tom,
    async addUser(fields) {
      return Promise.resolve(
        gateway.store.people.createUser(ws, {
          name: fields.name,
          email: `${fields.name}@test.example`,
          role: fields.role,
          channelIds: fields.channelIds ?? null,
          passwordHash,
          totpSecret: fields.totpSecret ?? null,
        }),
      );
    },
    inbound(from, text, extra = {}) {
      const channelId = extra.channelId ?? channel.id;
      const fact = inboundFact(channelId, from, text, extra);
      gateway.store.ingest([fact], { provider: 'test', body: JSON.stringify(fact), receivedAt: fact.sentAt });
      const { contacts, conversations } = gateway.store;
      const contact = contacts.find(ws, 'whatsapp', from)!;
      // Of a person with several conversations on the channel: the one in which this identity writes.
      const home = contacts.homeOf(ws, fact.party.identity) ?? contact.id;
      return conversations.findHome(home, channelId)!.id;
    },
    async signIn(user, device = null) {
      const answer = await kit.http('POST', '/v1/auth/sign-in', {
        json: { email: user.email, password: PASSWORD, totp: null, device: { id: device, name: 'test' } },
      });
      if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}`);
      return answer.body as SignInResponse;
    },
    async connect(user) {
      const signIn = await kit.signIn(user);
      const desktop = await openDesktop(gateway.url, signIn);
      desktops.add(desktop);
      return desktop;
    },
    async http(method, route, { token, json, body, headers = {} } = {}) {
      const response = await fetch(`${gateway.url}${route}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(body === undefined ? {} : { body: body as string }),
      });
      const text = await response.text();
      return { status: response.status, body: parsed(text), headers: response.headers };
    },
    async restart() {
      await gateway.close();
      gateway = await start();
    },
    async outOfReach(work) {
      const port = Number(new URL(gateway.url).port);
      await gateway.close();
      gateway = await start({ port: 0 });
      await work();
      await gateway.close();
      gateway = await start({ port });
    },
    async close() {
      for (const desktop of desktops) desktop.close();
      await gateway.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return kit;
}

export async function openDesktop(url: string, signIn: SignInResponse): Promise<Desktop> {
  const socket = openSocket(url, { token: signIn.tokens.accessToken, protocol: PROTOCOL_VERSION });
  const batches: Batch[] = [];
  const ephemeral: unknown[] = [];
  const watchers = new Set<() => void>();
  let acking = true;
  let held: (() => void)[] = [];
  socket.on('batch', (batch: Batch, ack: (cursor: number) => void) => {
    batches.push(batch);
    const answer = () => ack(batch.to);
    if (acking) answer();
    else held.push(answer);
    for (const watcher of watchers) watcher();
  });
  socket.on('ephemeral', (event: unknown) => {
    ephemeral.push(event);
    for (const watcher of watchers) watcher();
  });
  const goodbye = new Promise<unknown>((resolve) => socket.once('goodbye', resolve));
  const hello = await new Promise<unknown>((resolve, reject) => {
    socket.once('hello', resolve);
    socket.once('connect_error', reject);
  });
  const events = () => batches.flatMap((batch) => batch.events);
  const desktop: Desktop = {
    socket,
    signIn,
    hello,
    batches,
    events,
    cursor: () => batches.at(-1)?.to ?? 0,
    goodbye,
    ephemeral,
    setAcking(on) {
      acking = on;
      if (!on) return;
      const waiting = held;
      held = [];
      for (const answer of waiting) answer();
    },
    request: (name, data) =>
      new Promise((resolve, reject) => {
        socket.timeout(60_000).emit(name, data, (error: Error | null, answer: Answered) => {
          if (error === null) resolve(answer);
          else reject(new Error(`${name} was not answered`));
        });
      }),
    subscribe: (cursor) => desktop.request('subscribe', { cursor }),
    command: async (type, data, id = newId()) =>
      (await desktop.request('command', { id, type, data })) as unknown as CommandAck,
    event: (matches) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(look);
          reject(new Error('the event did not come'));
        }, 60_000);
        const look = () => {
          const found = events().find(matches);
          if (found === undefined) return;
          clearTimeout(timer);
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      }),
    close() {
      socket.disconnect();
    },
  };
  return desktop;
}

/** A socket without a session around it: for handshakes that are refused. */
export function openSocket(url: string, auth: Record<string, unknown>): Socket {
  return io(url, {
    path: '/v1/socket',
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
  });
}

export function inboundFact(
  channelId: string,
  from: string,
  text: string,
  options: InboundOptions = {},
): Extract<ProviderFact, { type: 'message' }> {
  const providerId = options.providerId ?? `wamid.${newId()}`;
  return {
    type: 'message',
    channelId,
    party: {
      identity: {
        channelKind: 'whatsapp',
        externalId: from,
        parentExternalId: null,
        phone: `+${from}`,
        username: null,
      },
      name: `Customer ${from}`,
    },
    direction: 'in',
    providerId,
    dedupKey: providerId,
    sentAt: options.at ?? Date.now(),
    content: options.content ?? { kind: 'text', body: text },
    quotedProviderId: null,
    forwarded: 'no',
    referral: null,
  };
}

export function channelFields(name: string, externalId: string, windowHours: number | null) {
  return {
    kind: 'whatsapp' as const,
    name,
    address: null,
    official: windowHours !== null,
    provider: 'loopback',
    externalId,
    capabilities: {
      windowHours,
      templates: windowHours !== null,
      qualityRating: windowHours !== null,
      reactions: true,
      quotes: true,
      readReceipts: true,
      textLimit: 4096,
      uploads: { image: { mimeTypes: ['image/png'], maxBytes: 1_000_000 } },
    },
    health: {
      state: 'connected' as const,
      quality: 'green' as const,
      messagingLimit: null,
      detail: null,
      source: 'test',
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
