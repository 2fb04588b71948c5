/** Stands in for a gateway of a newer version: it signs anybody in, and refuses every handshake because of the protocol. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { newId } from '../../shared/domain/id.ts';
import { HOUR } from '../../shared/domain/time.ts';
import type { SignInResponse } from '../../shared/protocol/session.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';

export type OtherVersionGateway = {
  url: string;
  /** The version that it says it speaks. */
  protocol: number;
  handshakes(): number;
  close(): Promise<void>;
};

export async function startOtherVersion(): Promise<OtherVersionGateway> {
  const protocol = PROTOCOL_VERSION + 1;
  let handshakes = 0;
  const http = createServer((request, response) => {
    request.resume();
    const known = request.url === '/v1/auth/sign-in' && request.method === 'POST';
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(known ? signedIn() : { kind: 'not_found', message: 'not here' }));
  });
  const sockets = new Server(http, { path: '/v1/socket', transports: ['websocket'], serveClient: false });
  sockets.use((_socket, next) => {
    handshakes += 1;
    next(Object.assign(new Error('protocol_mismatch'), { data: { kind: 'protocol_mismatch', protocol } }));
  });
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    protocol,
    handshakes: () => handshakes,
    close: () => sockets.close(),
  };
}

function signedIn(): SignInResponse {
  const now = Date.now();
  return {
    tokens: {
      accessToken: 'access',
      accessExpiresAt: now + HOUR,
      refreshToken: 'refresh',
      refreshExpiresAt: now + 24 * HOUR,
    },
    user: {
      id: newId(),
      name: 'Ben Adeyemi',
      email: 'ben@lamps.example',
      role: 'agent',
      channelIds: null,
      disabled: false,
      rev: 1,
    },
    workspace: { id: newId(), name: 'Harbour Lamps' },
    deviceId: newId(),
    storage: 'on',
  };
}
