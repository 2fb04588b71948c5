/** Serves the page and the files of messages under our own scheme, with the same headers as loopback. */
import { type Session, protocol } from 'electron';
import type { MediaSource } from '../app/media-source.ts';
import { mediaIdOf, mediaResponse } from '../app/media-response.ts';
import type { PageFiles } from '../app/page-files.ts';
import { pageHeaders } from '../app/page-headers.ts';
import { APP_SCHEME, isOwnAddress } from './address.ts';

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

export function serveOwnScheme(session: Session, page: PageFiles, media: MediaSource): void {
  session.protocol.handle(APP_SCHEME, (request) => answer(request, page, media));
}

type OwnRequest = { url: string; method: string; headers: Headers };

export async function answer(request: OwnRequest, page: PageFiles, media: MediaSource): Promise<Response> {
  if (!isOwnAddress(request.url)) return refuse(404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const { pathname } = new URL(request.url);
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
