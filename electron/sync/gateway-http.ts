/**
 * The gateway's HTTP calls: sign-in, tokens, devices, media. Every answer is checked by its schema, every call has a time limit,
 * and every failure is a GatewayHttpFailure of a closed set of kinds. Plain http only to this machine.
 */
import { z } from 'zod';
import { MediaRef } from '../../shared/domain/message-content.ts';
import { AuthErrorKind, GatewayErrorKind } from '../../shared/protocol/errors.ts';
import { Device, RefreshResponse, SignInResponse } from '../../shared/protocol/session.ts';
import type { SessionTokens, SignInRequest, WipeReport } from '../../shared/protocol/session.ts';

/**
 * `unreachable`: nobody answered in time. `insecure`: the address is not https and not this machine. Else what the gateway
 * said; an answer that makes no sense is `internal`.
 */
export type HttpFailureKind = AuthErrorKind | GatewayErrorKind | 'unreachable' | 'insecure';

export class GatewayHttpFailure extends Error {
  readonly kind: HttpFailureKind;
  readonly retryAfterMs: number | null;

  constructor(kind: HttpFailureKind, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.name = 'GatewayHttpFailure';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}

/** `size` in bytes where the gateway said it; `sha256` hex of the whole file. The body must be read or cancelled. */
export type MediaDownload = {
  mimeType: string | null;
  size: number | null;
  sha256: string | null;
  body: AsyncIterable<Uint8Array>;
};

export type GatewayHttp = {
  signIn(request: SignInRequest): Promise<SignInResponse>;
  refresh(refreshToken: string): Promise<SessionTokens>;
  signOut(accessToken: string): Promise<void>;
  /** `workspace`: everybody's, for owners and supervisors. */
  devices(accessToken: string, of?: 'me' | 'workspace'): Promise<Device[]>;
  revokeDevice(accessToken: string, deviceId: string): Promise<void>;
  /** Signs it out; the next time that it comes it is told to wipe itself. */
  wipeDevice(accessToken: string, deviceId: string): Promise<void>;
  /** What this device did when it was told so. */
  reportWipe(report: WipeReport): Promise<void>;
  media(accessToken: string, mediaId: string): Promise<MediaDownload>;
  /** Brings a file under its own id; the same again changes nothing. `media.sha256` must be known. */
  upload(accessToken: string, media: MediaRef, bytes: AsyncIterable<Uint8Array>): Promise<void>;
};

export type GatewayHttpOptions = {
  gateway: string;
  fetch?: typeof globalThis.fetch;
  /** Milliseconds until a small call, or the first byte of a file, must have come. */
  timeoutMs?: number;
};

/** Milliseconds between two pieces of a file after which a transfer counts as dead. */
const STALL_TIMEOUT = 30_000;

const Refusal = z.object({
  kind: z.union([AuthErrorKind, GatewayErrorKind]),
  message: z.string().optional(),
  retryAfterMs: z.number().nonnegative().nullish(),
});

/** The address of a gateway in the form in which it is kept, or a failure of kind `insecure` or `invalid`. */
export function gatewayAddress(text: string): string {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//iu.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (url === null || url.hostname === '')
    throw new GatewayHttpFailure('invalid', 'not an address of a gateway');
  if (url.username !== '' || url.password !== '') {
    throw new GatewayHttpFailure('invalid', 'the address must not contain a name or password');
  }
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) {
    throw new GatewayHttpFailure('insecure', 'only https, or http to this machine');
  }
  return url.origin + (url.pathname === '/' ? '' : url.pathname.replace(/\/+$/u, ''));
}

export function createGatewayHttp(options: GatewayHttpOptions): GatewayHttp {
  const base = gatewayAddress(options.gateway);
  const fetch = options.fetch ?? globalThis.fetch;
  const timeoutMs = options.timeoutMs ?? 15_000;

  async function call(path: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
    let response: Response;
    try {
      // A redirect would carry the token somewhere else: never followed.
      response = await fetch(base + path, { ...init, redirect: 'error', signal });
    } catch (error) {
      throw unreachable(error);
    }
    if (response.ok) return response;
    throw await refusalOf(response);
  }

  async function json<T>(path: string, init: RequestInit, schema: z.ZodType<T>): Promise<T> {
    const response = await call(path, init, AbortSignal.timeout(timeoutMs));
    let body: unknown;
    try {
      body = await response.json();
    } catch (error) {
      throw error instanceof SyntaxError
        ? new GatewayHttpFailure('internal', 'the answer is not JSON')
        : unreachable(error);
    }
    const parsed = schema.safeParse(body);
    if (!parsed.success)
      throw new GatewayHttpFailure('internal', `the answer does not fit: ${issueOf(parsed.error)}`);
    return parsed.data;
  }

  async function empty(path: string, init: RequestInit): Promise<void> {
    const response = await call(path, init, AbortSignal.timeout(timeoutMs));
    await response.body?.cancel();
  }

  return {
    signIn: (request) => json('/v1/auth/sign-in', post(request), SignInResponse),
    async refresh(refreshToken) {
      return (await json('/v1/auth/refresh', post({ refreshToken }), RefreshResponse)).tokens;
    },
    signOut: (token) => empty('/v1/auth/sign-out', { method: 'POST', headers: bearer(token) }),
    devices: (token, of = 'me') =>
      json(`/v1/devices${of === 'me' ? '' : '?of=workspace'}`, { headers: bearer(token) }, z.array(Device)),
    revokeDevice: (token, deviceId) =>
      empty(`/v1/devices/${encodeURIComponent(deviceId)}`, { method: 'DELETE', headers: bearer(token) }),
    wipeDevice: (token, deviceId) =>
      empty(`/v1/devices/${encodeURIComponent(deviceId)}/wipe`, { method: 'POST', headers: bearer(token) }),
    reportWipe: (report) => empty('/v1/wipe-receipts', post(report)),
    async media(token, mediaId) {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), timeoutMs);
      try {
        const response = await call(
          `/v1/media/${encodeURIComponent(mediaId)}`,
          { headers: bearer(token) },
          abort.signal,
        );
        const length = response.headers.get('content-length');
        return {
          mimeType: response.headers.get('content-type'),
          // A content encoding would make the length one of other bytes.
          size: length === null || response.headers.has('content-encoding') ? null : Number(length),
          sha256: response.headers.get('x-content-sha256')?.toLowerCase() ?? null,
          body: piecesOf(response, abort),
        };
      } finally {
        clearTimeout(timer);
      }
    },
    async upload(token, media, bytes) {
      const abort = new AbortController();
      const watched = watchedPieces(bytes, abort);
      const init = {
        method: 'POST',
        headers: {
          ...bearer(token),
          'content-type': media.mimeType,
          'x-media-id': media.id,
          'x-content-sha256': media.sha256 ?? '',
          ...(media.fileName === null
            ? {}
            : { 'x-file-name': encodeURIComponent(media.fileName.toWellFormed()) }),
        },
        body: streamOf(watched.pieces()),
        // What fetch asks for when a body is a stream; not in the types of the DOM.
        duplex: 'half' as const,
      };
      try {
        const response = await call('/v1/media', init, abort.signal);
        const answer = MediaRef.safeParse(await response.json().catch(() => null));
        if (!answer.success || answer.data.id !== media.id) {
          throw new GatewayHttpFailure('internal', 'the answer to an upload does not fit');
        }
      } finally {
        watched.end();
      }
    },
  };
}

function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

/** Aborts when the other side takes nothing for too long, and when no answer follows the last piece. */
function watchedPieces(
  bytes: AsyncIterable<Uint8Array>,
  abort: AbortController,
): { pieces(): AsyncGenerator<Uint8Array>; end(): void } {
  let timer: NodeJS.Timeout | null = null;
  function touch(): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), STALL_TIMEOUT);
  }
  touch();
  return {
    async *pieces() {
      for await (const piece of bytes) {
        touch();
        yield piece;
      }
      touch();
    },
    end() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

async function* piecesOf(response: Response, abort: AbortController): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  let finished = false;
  try {
    for (;;) {
      const timer = setTimeout(() => abort.abort(), STALL_TIMEOUT);
      let piece: Awaited<ReturnType<typeof reader.read>>;
      try {
        piece = await reader.read();
      } catch (error) {
        throw unreachable(error);
      } finally {
        clearTimeout(timer);
      }
      if (piece.done) {
        finished = true;
        return;
      }
      yield piece.value;
    }
  } finally {
    if (!finished) abort.abort();
  }
}

async function refusalOf(response: Response): Promise<GatewayHttpFailure> {
  let body: unknown = null;
  try {
    body = await response.json();
  } catch {
    // Not our JSON: a proxy in between. The status says enough.
    body = null;
  }
  const parsed = Refusal.safeParse(body);
  if (parsed.success) {
    return new GatewayHttpFailure(
      parsed.data.kind,
      `refused with status ${response.status}`,
      parsed.data.retryAfterMs ?? null,
    );
  }
  return new GatewayHttpFailure(kindOfStatus(response.status), `status ${response.status}`);
}

function kindOfStatus(status: number): HttpFailureKind {
  if (status === 404) return 'not_found';
  if (status === 403) return 'forbidden';
  if (status === 413) return 'too_large';
  if (status === 429) return 'rate_limited';
  if (status >= 500) return 'unavailable';
  return 'internal';
}

function unreachable(error: unknown): GatewayHttpFailure {
  const code = error instanceof Error && 'cause' in error ? codeOf(error.cause) : null;
  return new GatewayHttpFailure(
    'unreachable',
    `no answer from the gateway${code === null ? '' : ` (${code})`}`,
  );
}

function codeOf(cause: unknown): string | null {
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : null;
}

function post(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function issueOf(error: z.ZodError): string {
  const first = error.issues[0];
  return first === undefined ? 'invalid' : `${first.path.join('.')}: ${first.code}`;
}
