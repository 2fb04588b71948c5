/**
 * A gateway with next to no cost of its own: it speaks the real protocol over real Socket.IO from a process of its own, and
 * makes pages and events out of the generated data when they are asked for. What a benchmark sees is the desktop's share.
 * Started by page-server-client.ts; argument: its options as JSON.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { Server, type Socket } from 'socket.io';
import { previewText } from '../../shared/domain/message-content.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Message } from '../../shared/domain/message.ts';
import { parseCommand, type Command } from '../../shared/protocol/commands.ts';
import type { SignInResponse } from '../../shared/protocol/session.ts';
import { MAX_BATCH_EVENTS, MAX_UNACKED_BATCHES } from '../../shared/protocol/socket.ts';
import type { DesktopToGateway, GatewayToDesktop } from '../../shared/protocol/socket.ts';
import { ConversationHistoryRequest, PageRequest, SubscribeRequest } from '../../shared/protocol/sync.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { makeDataset } from './dataset.ts';
import { me, workspace } from './directory.ts';
import type { PageServerOptions, ServerReport, ServerRequest } from './page-server-client.ts';
import { tokens } from './session.ts';

type Client = Socket<DesktopToGateway, GatewayToDesktop>;
type LogEvent = { seq: number; at: number; type: string; data: object };

const options = JSON.parse(process.argv[2] ?? '{}') as PageServerOptions;
const data = makeDataset(options.size);
let head = data.head;
/** Events that commands made and that no batch has carried yet. */
let pending: LogEvent[] = [];
/** How many more generated events are to be pushed; Infinity until stopped. */
let flood = 0;
let generated = 0;
let client: Client | null = null;
let sentUpTo = 0;
let unacked = 0;
const changed = new Map<string, Conversation>();
let numbers: Map<string, number> | null = null;

function report(message: ServerReport): void {
  process.send?.(message);
}

/** Monotonic, the same clock in every process of this machine, in milliseconds. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function stateOf(conversationId: string): Conversation | null {
  const known = changed.get(conversationId);
  if (known !== undefined) return known;
  numbers ??= new Map(Array.from(data.order, (k) => [data.conversationId(k), k]));
  const k = numbers.get(conversationId);
  return k === undefined ? null : data.conversation(k);
}

/** What a command does to the log. */
function apply(command: Command, before: Conversation, seq: number): LogEvent {
  const at = Date.now();
  const stamped = { ...before, rev: seq };
  if (command.type !== 'message.send') {
    if (command.type === 'conversation.read') stamped.unread = 0;
    if (command.type === 'conversation.assign') stamped.assigneeId = command.data.assigneeId;
    if (command.type === 'conversation.status') stamped.status = command.data.status;
    changed.set(before.id, stamped);
    return { seq, at, type: 'conversation.changed', data: { conversation: stamped } };
  }
  const delivery = { status: 'queued' as const, at, attempt: 1, error: null };
  const message: Message = {
    id: command.data.messageId,
    conversationId: before.id,
    channelId: before.channelId,
    direction: 'out',
    author: { type: 'user', userId: me.id },
    sentAt: at,
    content: command.data.content,
    quote: null,
    forwarded: 'no',
    referral: null,
    reactions: [],
    revisions: [],
    editedAt: null,
    deletedAt: null,
    deletedBy: null,
    delivery,
    providerId: null,
    rev: seq,
  };
  const text = previewText(message.content);
  const lastMessage = {
    id: message.id,
    kind: message.content.kind,
    text,
    direction: 'out' as const,
    status: delivery.status,
    at,
  };
  const conversation = { ...stamped, activeAt: at, waitingSince: null, lastMessage };
  changed.set(before.id, conversation);
  return { seq, at, type: 'message.created', data: { message, conversation } };
}

/** Sends batches until the window is full or there is nothing left to say. */
function pump(): void {
  while (
    client !== null &&
    unacked < MAX_UNACKED_BATCHES &&
    (sentUpTo < head || pending.length > 0 || flood > 0)
  ) {
    const events = pending.splice(0, MAX_BATCH_EVENTS);
    // Events of commands come first; they already have their numbers, so generated ones follow them.
    const room = Math.min(flood, (options.batch ?? MAX_BATCH_EVENTS) - events.length);
    if (pending.length === 0) {
      for (let n = 0; n < room; n += 1) {
        head += 1;
        events.push(data.liveEvent(generated, head));
        generated += 1;
      }
      flood -= Math.max(0, room);
    }
    const from = sentUpTo;
    const to = pending.length > 0 ? (events.at(-1)?.seq ?? from) : head;
    sentUpTo = to;
    unacked += 1;
    const to_ = client;
    client.emit('batch', { from, to, head, events }, () => {
      if (client !== to_) return;
      unacked -= 1;
      if (sentUpTo === head && flood === 0 && unacked === 0) report({ type: 'drained', at: now() });
      pump();
    });
  }
}

const http = createServer((request, response) => {
  const answer = (status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  request.resume();
  if (request.url === '/v1/auth/sign-in') {
    const body: SignInResponse = {
      tokens: tokens(),
      user: me,
      workspace,
      deviceId: 'bench-device',
      storage: 'on',
    };
    answer(200, body);
  } else if (request.url === '/v1/auth/refresh') answer(200, { tokens: tokens() });
  else if (request.url === '/v1/auth/sign-out') response.writeHead(204).end();
  else if (request.url === '/v1/health')
    answer(200, { ok: true, protocol: PROTOCOL_VERSION, version: 'bench' });
  else answer(404, { kind: 'not_found', message: 'not here' });
});

const io = new Server<DesktopToGateway, GatewayToDesktop>(http, {
  path: '/v1/socket',
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
});

io.on('connection', (socket) => {
  socket.emit('hello', {
    protocol: PROTOCOL_VERSION,
    gateway: { name: 'bench', version: 'bench' },
    serverTime: Date.now(),
  });
  let pages = 0;
  const page = (value: object, ack: (answer: unknown) => void): void => {
    pages += 1;
    if (pages === 1) report({ type: 'first-page', at: now() });
    ack({ ok: true, value });
  };
  socket.on('subscribe', (request, ack) => {
    const { cursor } = SubscribeRequest.parse(request);
    // A kept file may be further than this process, which has only just begun to count.
    head = Math.max(head, cursor);
    client = socket;
    unacked = 0;
    pending = pending.filter((event) => event.seq > cursor);
    sentUpTo = cursor;
    ack({ ok: true, value: { head } });
    pump();
  });
  socket.on('sync.snapshot', (_request, ack) => page({ ...data.snapshot(), asOf: head }, ack));
  socket.on('sync.conversations', (request, ack) => {
    const { cursor, limit } = PageRequest.parse(request);
    page({ ...data.conversationPage(cursor, limit), asOf: head }, ack);
  });
  socket.on('sync.contacts', (_request, ack) => page({ asOf: head, contacts: [], next: null }, ack));
  socket.on('sync.history', (request, ack) => {
    const { cursor, limit } = PageRequest.parse(request);
    page({ ...data.historyPage(cursor, limit), asOf: head }, ack);
  });
  socket.on('conversation.history', (request, ack) => {
    const { conversationId, cursor, limit } = ConversationHistoryRequest.parse(request);
    const k = data.order.find((it) => data.conversationId(it) === conversationId);
    if (k === undefined) ack({ ok: false, error: notFound });
    else page({ ...data.threadPage(k, cursor, limit), asOf: head }, ack);
  });
  socket.on('command', (raw, ack) => {
    const parsed = parseCommand(raw);
    const about =
      parsed.ok && 'conversationId' in parsed.command.data ? parsed.command.data.conversationId : null;
    const before = about === null ? null : stateOf(about);
    if (!parsed.ok || before === null) {
      ack({ id: parsed.ok ? parsed.command.id : 'unknown', ok: false, error: notFound });
      return;
    }
    head += 1;
    const { command } = parsed;
    pending.push(apply(command, before, head));
    ack({ id: command.id, ok: true, seq: head });
    if (command.type === 'message.send')
      report({ type: 'command', id: command.id, messageId: command.data.messageId, at: now() });
    else report({ type: 'heard', at: now() });
    // Not on the command's own turn, so that commands of one burst share a batch.
    setImmediate(pump);
  });
  socket.on('disconnect', () => {
    if (client === socket) client = null;
  });
});

const notFound = { kind: 'not_found', retry: 'never', afterMs: null, message: 'not here' };

process.on('message', (request: ServerRequest) => {
  if (request.type === 'flood') flood = request.events ?? Number.POSITIVE_INFINITY;
  if (request.type === 'stop') flood = 0;
  if (request.type === 'close') {
    void io.close().then(() => process.exit(0));
    return;
  }
  pump();
});
// The benchmark has gone, however it went.
process.on('disconnect', () => process.exit(0));

http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo;
  report({ type: 'ready', url: `http://127.0.0.1:${port}` });
});
