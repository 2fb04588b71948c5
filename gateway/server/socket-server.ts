/** Socket.IO on the HTTP server: the handshake, the sockets that are open, and who of them has to hear of a commit. */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { Handshake } from '../../shared/protocol/session.ts';
import type { DesktopToGateway, GatewayToDesktop } from '../../shared/protocol/socket.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Session } from '../store/sessions.ts';
import { Connection } from './connection.ts';
import type { ServerContext, SessionEnd } from './context.ts';
import { createEphemeral } from './ephemeral.ts';
import type { Ephemeral } from './ephemeral.ts';
import { registerRequests } from './requests.ts';
import { GATEWAY_NAME, GATEWAY_VERSION } from './version.ts';
import { wireParser } from './wire-json.ts';

/** Largest packet from a desktop: 500 contacts of an import in one command. Files go over HTTP. */
const MAX_PACKET = 4 * 1024 * 1024;

type HandshakeRefusal = {
  kind: SessionEnd | 'protocol_mismatch' | 'invalid';
  protocol?: number;
};
type Data = { session: Session };

export type SocketServer = {
  ephemeral: Ephemeral;
  endDevice(deviceId: string, kind: SessionEnd): void;
  endUser(userId: string, kind: SessionEnd): void;
  close(): Promise<void>;
};

export function createSocketServer(context: ServerContext, http: HttpServer): SocketServer {
  const io = new Server<DesktopToGateway, GatewayToDesktop, Record<string, never>, Data>(http, {
    path: '/v1/socket',
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_PACKET,
    connectTimeout: 10_000,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    parser: wireParser,
  });
  const connections = new Map<string, Connection>();
  const ephemeral = createEphemeral(context, connections);

  io.use((socket, next) => {
    const refused = (data: HandshakeRefusal) => next(Object.assign(new Error(data.kind), { data }));
    const parsed = Handshake.safeParse(socket.handshake.auth);
    if (!parsed.success) {
      refused({ kind: 'invalid' });
      return;
    }
    if (parsed.data.protocol !== PROTOCOL_VERSION) {
      refused({ kind: 'protocol_mismatch', protocol: PROTOCOL_VERSION });
      return;
    }
    try {
      const checked = context.store.sessions.check(parsed.data.token, context.now());
      if (!checked.ok) {
        refused({ kind: checked.kind });
        return;
      }
      socket.data.session = checked.session;
      next();
    } catch {
      context.logger.error('handshake failed');
      refused({ kind: 'unavailable' });
    }
  });

  io.on('connection', (socket) => {
    const connection = new Connection(context, socket, socket.data.session);
    connections.set(socket.id, connection);
    context.store.sessions.seen(connection.session.deviceId, context.now());
    registerRequests(context, connection, ephemeral);
    socket.on('disconnect', () => {
      connection.closed();
      connections.delete(socket.id);
      ephemeral.left(connection);
    });
    socket.emit('hello', {
      protocol: PROTOCOL_VERSION,
      gateway: { name: GATEWAY_NAME, version: GATEWAY_VERSION },
      serverTime: context.now(),
    });
    ephemeral.joined(connection);
  });

  const stopListening = context.store.onCommit(() => {
    for (const connection of connections.values()) {
      // Also those that have not subscribed: a disabled user is out at once.
      if (context.store.people.viewer(connection.session.userId) === null) connection.end('user_disabled');
      else connection.wake();
    }
  });

  function endWhere(matches: (connection: Connection) => boolean, kind: SessionEnd): void {
    for (const connection of connections.values()) if (matches(connection)) connection.end(kind);
  }

  return {
    ephemeral,
    endDevice(deviceId, kind) {
      endWhere((connection) => connection.session.deviceId === deviceId, kind);
    },
    endUser(userId, kind) {
      endWhere((connection) => connection.session.userId === userId, kind);
    },
    async close() {
      stopListening();
      ephemeral.close();
      for (const connection of connections.values()) connection.closed();
      await io.close();
    },
  };
}
