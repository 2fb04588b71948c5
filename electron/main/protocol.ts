/** Serves the page and the files of messages under our own scheme, with the same headers as loopback. */
import { type Session, protocol } from 'electron';
import { EXPORT_PATH, IMPORT_PATH } from '../../shared/contract/imports.ts';
import { UPLOAD_PATH } from '../../shared/contract/frames.ts';
import type { Application } from '../app/application-types.ts';
import { exportHeaders } from '../app/exports/headers.ts';
import type { MediaSource } from '../app/media-source.ts';
import { mediaIdOf, mediaResponse } from '../app/media-response.ts';
import type { UploadTarget } from '../app/uploads.ts';
import type { PageFiles } from '../app/page-files.ts';
import { pageHeaders } from '../app/page-headers.ts';
import { APP_ORIGIN, APP_SCHEME, isOwnAddress } from './address.ts';

/** Must run before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      // `standard` and `secure` give it an origin, `stream` lets players ask for ranges. No service workers, no way round the CSP.
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** What is behind the addresses. */
export type Served = {
  page: PageFiles;
  media: MediaSource;
  upload: UploadTarget;
  importFile: Application['importFile'];
  takeExport: Application['takeExport'];
};

export function serveOwnScheme(session: Session, served: Served): void {
  session.protocol.handle(APP_SCHEME, (request) => answer(request, served));
}

type OwnRequest = {
  url: string;
  method: string;
  headers: Headers;
  body?: ReadableStream<Uint8Array> | null;
};

export async function answer(request: OwnRequest, served: Served): Promise<Response> {
  const { page, media, upload } = served;
  if (!isOwnAddress(request.url)) return refuse(404);
  const { pathname } = new URL(request.url);
  if (pathname === UPLOAD_PATH) return receive(request, upload);
  if (pathname === IMPORT_PATH) return receiveImport(request, served.importFile);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  if (pathname.startsWith(EXPORT_PATH) && request.method === 'GET') {
    const offer = served.takeExport(pathname.slice(EXPORT_PATH.length));
    return offer === null
      ? refuse(404)
      : new Response(streamOf(offer.bytes()), { headers: exportHeaders(offer) });
  }
  if (pathname.startsWith('/media/')) {
    const id = mediaIdOf(pathname);
    if (id === null) return refuse(404);
    const { status, headers, body } = await mediaResponse(media, id, request.headers.get('range'));
    return new Response(body === null ? null : streamOf(body), { status, headers });
  }
  const file = page(pathname);
  if (file === null) return refuse(404);
  const headers = { ...pageHeaders({ connect: [] }), 'Content-Type': file.type };
  // A copy of exactly these bytes: what a file was read into may be part of a larger buffer.
  return new Response(Uint8Array.from(await file.read()), { headers });
}

async function receive(request: OwnRequest, upload: UploadTarget): Promise<Response> {
  if (request.method !== 'POST') return refuse(405);
  // Nobody else reaches this scheme; said all the same, as under loopback.
  if (request.headers.get('origin') !== APP_ORIGIN) return refuse(403);
  const { status, body } = await upload({
    contentType: request.headers.get('content-type'),
    fileName: request.headers.get('x-file-name'),
    contentLength: request.headers.get('content-length'),
    body: request.body ?? new ReadableStream({ start: (controller) => controller.close() }),
  });
  return json(status, body);
}

async function receiveImport(request: OwnRequest, importFile: Served['importFile']): Promise<Response> {
  if (request.method !== 'POST') return refuse(405);
  if (request.headers.get('origin') !== APP_ORIGIN) return refuse(403);
  const { status, body } = await importFile({
    fileName: request.headers.get('x-file-name'),
    encoding: request.headers.get('x-encoding'),
    delimiter: request.headers.get('x-delimiter'),
    contentLength: request.headers.get('content-length'),
    body: request.body ?? new ReadableStream({ start: (controller) => controller.close() }),
  });
  return json(status, body);
}

function json(status: number, body: unknown): Response {
  return Response.json(body, {
    status,
    headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' },
  });
}

function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function refuse(status: number): Response {
  return new Response(null, {
    status,
    headers: { 'Content-Security-Policy': "default-src 'none'", 'X-Content-Type-Options': 'nosniff' },
  });
}
