import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createGatewayHttp, gatewayAddress } from './gateway-http.ts';

let close: (() => Promise<void>) | null = null;

afterEach(async () => {
  await close?.();
  close = null;
});

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answer(status: number, body: unknown) {
  return serve((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

const tokens = { accessToken: 'a', accessExpiresAt: 1, refreshToken: 'r', refreshExpiresAt: 2 };

test.each([
  ['https://gateway.example', 'https://gateway.example'],
  ['gateway.example/', 'https://gateway.example'],
  [' https://gateway.example/parley/ ', 'https://gateway.example/parley'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://localhost:1', 'http://localhost:1'],
])('address %s', (given, kept) => {
  expect(gatewayAddress(given)).toBe(kept);
});

test.each([
  ['http://gateway.example', 'insecure'],
  ['http://127.0.0.1.evil.example', 'insecure'],
  ['ftp://gateway.example', 'insecure'],
  ['https://user:secret@gateway.example', 'invalid'],
  ['', 'invalid'],
  ['https://', 'invalid'],
])('address %s is refused as %s', (given, kind) => {
  expect(() => gatewayAddress(given)).toThrow(expect.objectContaining({ kind }) as Error);
});

test('what the gateway says is the kind, with its time', async () => {
  const gateway = await answer(429, { kind: 'rate_limited', message: 'slow', retryAfterMs: 3_000 });
  await expect(createGatewayHttp({ gateway }).refresh('r')).rejects.toMatchObject({
    kind: 'rate_limited',
    retryAfterMs: 3_000,
  });
});

test.each([
  [503, '<html>down</html>', 'unavailable'],
  [404, {}, 'not_found'],
  [418, 'tea', 'internal'],
  [401, { kind: 'nonsense' }, 'internal'],
])('status %i with %j of a proxy in between is %s', async (status, body, kind) => {
  const gateway = await answer(status, body);
  await expect(createGatewayHttp({ gateway }).devices('t')).rejects.toMatchObject({ kind });
});

test.each([['{'], ['null'], [{ tokens: { ...tokens, accessToken: 7 } }]])(
  'an answer that does not fit (%j) is internal, and its contents are not in the message',
  async (body) => {
    const gateway = await answer(200, body);
    const failure = await createGatewayHttp({ gateway })
      .refresh('r')
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'internal' });
    expect(String(failure)).not.toContain('refreshToken":"r');
  },
);

test('nobody there, and nobody who answers in time, are unreachable', async () => {
  await expect(createGatewayHttp({ gateway: 'http://127.0.0.1:9' }).refresh('r')).rejects.toMatchObject({
    kind: 'unreachable',
  });
  const gateway = await serve(() => undefined);
  await expect(createGatewayHttp({ gateway, timeoutMs: 50 }).refresh('r')).rejects.toMatchObject({
    kind: 'unreachable',
  });
});

test('a redirect is not followed: it would carry the token elsewhere', async () => {
  let asked = 0;
  const gateway = await serve((_request, response) => {
    asked += 1;
    response.writeHead(302, { location: '/elsewhere' });
    response.end();
  });
  await expect(createGatewayHttp({ gateway }).devices('t')).rejects.toMatchObject({ kind: 'unreachable' });
  expect(asked).toBe(1);
});

test('the token goes into the header; the body of a media comes in pieces', async () => {
  const seen: (string | undefined)[] = [];
  const gateway = await serve((request, response) => {
    seen.push(request.url, request.headers.authorization);
    response.writeHead(200, {
      'content-type': 'image/png',
      'content-length': '6',
      'x-content-sha256': 'ABC',
    });
    response.write('one');
    response.end('two');
  });
  const download = await createGatewayHttp({ gateway }).media('token', 'a/b');
  expect(seen).toEqual(['/v1/media/a%2Fb', 'Bearer token']);
  expect(download).toMatchObject({ mimeType: 'image/png', size: 6, sha256: 'abc' });
  const pieces: Uint8Array[] = [];
  for await (const piece of download.body) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('onetwo');
});

test('a download that is cut off fails as unreachable', async () => {
  const gateway = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
    setImmediate(() => response.destroy());
  });
  const download = await createGatewayHttp({ gateway }).media('token', 'm');
  const reading = (async () => {
    for await (const piece of download.body) expect(piece.length).toBeLessThanOrEqual(4);
  })();
  await expect(reading).rejects.toMatchObject({ kind: 'unreachable' });
});
