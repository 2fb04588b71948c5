/**
 * The real socket. Socket.IO's own reconnection is off: connection.ts decides when to come back. Delivery guarantees are not
 * asked of Socket.IO either; log, cursor and command ids give them.
 */
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { DesktopToGateway, GatewayToDesktop } from '../../shared/protocol/socket.ts';
import { RequestFailure } from './ports.ts';
import type { SocketFactory, SocketListener, SyncSocket } from './ports.ts';

export const connectSocketIo: SocketFactory = (target, listener) => {
  // A path in the address is where the gateway lies behind a proxy; Socket.IO would take it for a namespace.
  const address = new URL(target.gateway);
  const socket: Socket<GatewayToDesktop, DesktopToGateway> = io(address.origin, {
    path: `${address.pathname.replace(/\/+$/u, '')}/v1/socket`,
    transports: ['websocket'],
    auth: { token: target.token, protocol: target.protocol },
    reconnection: false,
    forceNew: true,
    autoConnect: false,
  });
  const pending = new Set<(failure: RequestFailure) => void>();
  let over = false;

  function end(tell: ((listener: SocketListener) => void) | null): void {
    if (over) return;
    over = true;
    socket.close();
    for (const reject of pending) reject(new RequestFailure('closed'));
    pending.clear();
    tell?.(listener);
  }

  socket.on('hello', (raw) => over || listener.hello(raw));
  socket.on('batch', (raw, ack) => over || listener.batch(raw, ack));
  socket.on('ephemeral', (raw) => over || listener.ephemeral(raw));
  socket.on('goodbye', (raw) => over || listener.goodbye(raw));
  socket.on('connect_error', (error) =>
    end((to) => to.refused('data' in error ? (error as { data: unknown }).data : undefined)),
  );
  socket.on('disconnect', (reason) =>
    end((to) => to.closed(reason === 'io server disconnect' ? 'gateway' : 'network')),
  );
  socket.connect();

  const made: SyncSocket = {
    request(name, payload, timeoutMs) {
      return new Promise((resolve, reject) => {
        if (over || !socket.connected) {
          reject(new RequestFailure('closed'));
          return;
        }
        const fail = (failure: RequestFailure) => {
          clearTimeout(timer);
          pending.delete(fail);
          reject(failure);
        };
        const timer = setTimeout(() => fail(new RequestFailure('timeout')), timeoutMs);
        pending.add(fail);
        socket.emit(name, payload, (answer: unknown) => {
          clearTimeout(timer);
          pending.delete(fail);
          resolve(answer);
        });
      });
    },
    signal(payload) {
      if (!over && socket.connected) socket.volatile.emit('ephemeral', payload);
    },
    close() {
      end(null);
    },
  };
  return made;
};
