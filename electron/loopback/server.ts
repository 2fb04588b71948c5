/**
 * The loopback server: the page's files, the exchange of the token for a cookie, files of messages, and the WebSocket of the
 * contract, on 127.0.0.1 only. Everything else is refused.
 */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { EXPORT_PATH, IMPORT_PATH } from '../../shared/contract/imports.ts';
import { SOCKET_PATH, TOKEN_PATH, UPLOAD_PATH } from '../../shared/contract/frames.ts';
import type { Application } from '../app/application-types.ts';
import type { Log } from '../app/log.ts';
import { exportHeaders } from '../app/exports/headers.ts';
import { mediaIdOf, mediaResponse } from '../app/media-response.ts';
import { type PageFiles } from '../app/page-files.ts';
import { pageHeaders } from '../app/page-headers.ts';
import { type Access, type TokenLife, createAccess } from './access.ts';
import { type ContractSocket, createContractSocket } from './socket.ts';

export type LoopbackServer = {
  origin: string;
  /** The address with the token in its fragment, which no browser sends anywhere. */
  url: string;
  close(): Promise<void>;
};

export type LoopbackServerOptions = {
  application: Application;
  page: PageFiles;
  tokenLife: TokenLife;
  log: Log;
};

/** What the window shows before it is led to the page (browser.ts). */
export const OPENING_PATH = '/opening';
const OPENING_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Parley</title></html>';

const MAX_TOKEN_BODY = 1024;
const TokenBody = z.object({ token: z.string().max(256) });

export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const access = createAccess({ port, life: options.tokenLife });
  const socket = createContractSocket(options.application, options.log);
  const headers = pageHeaders({ connect: [`ws://127.0.0.1:${port}`] });

  server.on('request', (request, response) => {
    answer({ ...options, access, headers }, request, response).catch((error: unknown) => {
      options.log.error({ error }, 'a request failed');
      if (response.headersSent) response.destroy();
      else refuse(response, 500);
    });
  });
  server.on('upgrade', (request, wire, head) => {
    const wrong =
      access.stranger(request.headers, { originRequired: true }) ??
      (request.url === SOCKET_PATH ? null : 'path') ??
      (access.hasCookie(request.headers) ? null : 'cookie');
    if (wrong === null) {
      socket.accept(request, wire, head);
      return;
    }
    options.log.warn({ wrong }, 'a socket was refused');
    wire.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return { origin, url: `${origin}/#token=${access.token}`, close: () => closeAll(server, socket) };
}

type Serving = LoopbackServerOptions & { access: Access; headers: Record<string, string> };

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { access, log } = serving;
  const method = request.method ?? '';
  // Scripts and the token exchange come from our page and say so; a plain navigation has no Origin.
  const wrong = access.stranger(request.headers, { originRequired: method !== 'GET' && method !== 'HEAD' });
  if (wrong !== null) {
    log.warn({ wrong }, 'a request was refused');
    return refuse(response, 403);
  }
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (path === TOKEN_PATH) {
    return method === 'POST' ? exchange(serving, request, response) : refuse(response, 405);
  }
  if (path === UPLOAD_PATH) {
    return method === 'POST' ? upload(serving, request, response) : refuse(response, 405);
  }
  if (path === IMPORT_PATH) {
    return method === 'POST' ? importFile(serving, request, response) : refuse(response, 405);
  }
  if (path.startsWith(EXPORT_PATH)) {
    return method === 'GET' ? exported(serving, path, request, response) : refuse(response, 405);
  }
  if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405);
  if (path.startsWith('/media/')) return media(serving, path, request, response);
  if (path === OPENING_PATH) {
    send(
      response,
      200,
      { ...serving.headers, 'Content-Type': 'text/html; charset=utf-8' },
      Buffer.from(OPENING_PAGE),
      method,
    );
    return;
  }
  const file = serving.page(path);
  if (file === null) return refuse(response, 404);
  send(response, 200, { ...serving.headers, 'Content-Type': file.type }, await file.read(), method);
}

async function exchange(
  { access, log }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, MAX_TOKEN_BODY);
  if (body === null) return refuse(response, 413);
  const parsed = TokenBody.safeParse(parseJson(body));
  const cookie = parsed.success ? access.exchange(parsed.data.token) : null;
  if (cookie === null) {
    log.warn({}, 'a token was refused');
    return refuse(response, 403);
  }
  response.writeHead(204, { 'Set-Cookie': cookie, 'Cache-Control': 'no-store' }).end();
}

async function upload(
  { access, application }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!access.hasCookie(request.headers)) return refuse(response, 403);
  const { headers } = request;
  const { status, body } = await application.upload({
    contentType: headers['content-type'] ?? null,
    fileName: single(headers['x-file-name']),
    contentLength: headers['content-length'] ?? null,
    body: request as AsyncIterable<Buffer>,
  });
  answerJson(response, status, body);
}

async function importFile(
  { access, application }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!access.hasCookie(request.headers)) return refuse(response, 403);
  const { headers } = request;
  const { status, body } = await application.importFile({
    fileName: single(headers['x-file-name']),
    encoding: single(headers['x-encoding']),
    delimiter: single(headers['x-delimiter']),
    contentLength: headers['content-length'] ?? null,
    body: request as AsyncIterable<Buffer>,
  });
  answerJson(response, status, body);
}

async function exported(
  { access, application }: Serving,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!access.hasCookie(request.headers)) return refuse(response, 403);
  const offer = application.takeExport(path.slice(EXPORT_PATH.length));
  if (offer === null) return refuse(response, 404);
  response.writeHead(200, exportHeaders(offer));
  // Cut off when it fails: a browser then knows that the file is not whole.
  await pipeline(offer.bytes(), response);
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const json = Buffer.from(JSON.stringify(body));
  response
    .writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': `${json.length}`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      // What is left of a refused file is not waited for.
      ...(status === 201 ? {} : { Connection: 'close' }),
    })
    .end(json);
}

/** A header that stands there once. */
function single(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}

async function media(
  { access, application }: Serving,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!access.hasCookie(request.headers)) return refuse(response, 403);
  const id = mediaIdOf(path);
  if (id === null) return refuse(response, 404);
  const { status, headers, body } = await mediaResponse(application.media, id, request.headers.range ?? null);
  response.writeHead(status, headers);
  if (body === null || request.method === 'HEAD') response.end();
  // Cut off when a piece does not check: a browser then knows that the file is not whole.
  else await pipeline(body, response);
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: Uint8Array,
  method: string,
): void {
  response.writeHead(status, { ...headers, 'Content-Length': `${body.length}` });
  if (method === 'HEAD') response.end();
  else response.end(body);
}

function refuse(response: ServerResponse, status: number): void {
  response
    .writeHead(status, {
      'Content-Length': '0',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'",
      // What is left of a refused body is not waited for.
      Connection: 'close',
    })
    .end();
}

/** Null when it is larger than that. */
async function readBody(request: IncomingMessage, limit: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Refused by the schema.
  }
}

async function closeAll(server: Server, socket: ContractSocket): Promise<void> {
  socket.close();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
