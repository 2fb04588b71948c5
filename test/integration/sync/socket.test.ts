import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../support/until.ts';
import type { SocketListener, SyncSocket } from '../../../electron/sync/ports.ts';
import { connectSocketIo } from '../../../electron/sync/socket-io.ts';

let io: Server;
let gateway: string;
let socket: SyncSocket | null = null;
let told: string[];

beforeEach(async () => {
  const http = createServer();
  io = new Server(http, { path: '/behind/v1/socket', transports: ['websocket'], serveClient: false });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  gateway = `http://127.0.0.1:${(http.address() as AddressInfo).port}/behind`;
  told = [];
});

afterEach(async () => {
  socket?.close();
  await io.close();
});

function connect(): SyncSocket {
  const listener: SocketListener = {
    hello: (raw) => told.push(`hello ${JSON.stringify(raw)}`),
    batch: (raw, ack) => {
      told.push(`batch ${JSON.stringify(raw)}`);
      ack(7);
    },
    ephemeral: () => told.push('ephemeral'),
    goodbye: (raw) => told.push(`goodbye ${JSON.stringify(raw)}`),
    refused: (data) => told.push(`refused ${JSON.stringify(data)}`),
    closed: (cause) => told.push(`closed ${cause}`),
  };
  socket = connectSocketIo({ gateway, token: 't', protocol: 1 }, listener);
  return socket;
}

test('connects below the path of the address, says who it is, acks with the cursor', async () => {
  const acked: unknown[] = [];
  const auth: unknown[] = [];
  io.on('connection', (peer) => {
    auth.push(peer.handshake.auth);
    peer.emit('hello', 1);
    peer.emit('batch', 2, (cursor: number) => acked.push(cursor));
  });
  connect();
  await until('the ack came', () => acked.length === 1);
  expect(auth).toEqual([{ token: 't', protocol: 1 }]);
  expect(told).toEqual(['hello 1', 'batch 2']);
  expect(acked).toEqual([7]);
});

test('a refusal tells its data; nobody there tells none', async () => {
  io.use((_peer, next) => next(Object.assign(new Error('no'), { data: { kind: 'session_expired' } })));
  connect();
  await until('it is told', () => told.length > 0);
  expect(told).toEqual(['refused {"kind":"session_expired"}']);
  told = [];
  gateway = 'http://127.0.0.1:9';
  connect();
  await until('it is told', () => told.length > 0);
  expect(told).toEqual(['refused undefined']);
});

test('a request without an answer ends in time, one under way ends with the connection, and then nothing more is told', async () => {
  io.on('connection', (peer) => {
    peer.emit('hello', 1);
    peer.on('subscribe', () => undefined);
    peer.on('sync.snapshot', (_request, ack: (answer: unknown) => void) => ack({ ok: true }));
    peer.on('sync.history', () => peer.disconnect(true));
  });
  const made = connect();
  await expect(made.request('subscribe', {}, 10)).rejects.toMatchObject({ kind: 'closed' });
  await until('hello', () => told.length > 0);
  expect(await made.request('sync.snapshot', {}, 60_000)).toEqual({ ok: true });
  await expect(made.request('subscribe', {}, 10)).rejects.toMatchObject({ kind: 'timeout' });
  await expect(made.request('sync.history', {}, 60_000)).rejects.toMatchObject({ kind: 'closed' });
  expect(told).toEqual(['hello 1', 'closed gateway']);
  await expect(made.request('subscribe', {}, 10)).rejects.toMatchObject({ kind: 'closed' });
});

test('after close nothing is told', async () => {
  io.on('connection', (peer) => peer.emit('hello', 1));
  const made = connect();
  await until('hello', () => told.length > 0);
  made.close();
  io.disconnectSockets(true);
  await until('the other side noticed', () => io.engine.clientsCount === 0);
  expect(told).toEqual(['hello 1']);
});
