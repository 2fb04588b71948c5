/**
 * Calls to Meta's Graph API. Tries again on 429, on 5xx and on Meta's own passing errors, because then the message was not
 * taken. A connection that breaks after the request was sent is different: the message may have gone out, so it is not sent
 * again by itself.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { DeliveryError } from '../../../shared/domain/message-status.ts';
import { deliveryErrorOf, ruleOf } from './error-codes.ts';
import { backoffMs, retryAfterMs } from './retry.ts';
import type { RetryPolicy } from './retry.ts';

export type GraphAnswer =
  | { ok: true; body: unknown }
  /** `retryAfterMs` null: trying the same again is of no use, or not safe. */
  | { ok: false; error: DeliveryError; retryAfterMs: number | null };

export type GraphCall = {
  method: 'GET' | 'POST';
  url: string;
  token: string;
  /** JSON text, or a form. */
  body?: string | FormData;
};

export type GraphClient = {
  call(call: GraphCall): Promise<GraphAnswer>;
  /** The bytes behind a media URL, or null when it is gone or too large. */
  download(url: string, token: string): Promise<Uint8Array | null>;
  close(): void;
};

export type GraphSettings = {
  retry: RetryPolicy;
  timeoutMs: number;
  /** Largest file that is fetched, in bytes. */
  maxFileBytes: number;
  now(): number;
  random(): number;
  /** Waits, or rejects when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

export const DEFAULT_GRAPH: Omit<GraphSettings, 'retry'> = {
  timeoutMs: 30_000,
  // The largest kind is a document of 100 MB (Meta, "Media: supported media types").
  maxFileBytes: 100 * 1024 * 1024,
  now: Date.now,
  random: Math.random,
  sleep: async (ms, signal) => {
    await delay(ms, undefined, { signal });
  },
};

const Refusal = z.object({ error: z.unknown() });

const GONE: DeliveryError = {
  kind: 'unavailable',
  code: null,
  title: 'The gateway was stopped',
  details: null,
};

export function createGraphClient(settings: GraphSettings): GraphClient {
  const closing = new AbortController();

  async function once(call: GraphCall): Promise<GraphAnswer> {
    let response: Response;
    try {
      response = await fetch(call.url, {
        method: call.method,
        headers: {
          authorization: `Bearer ${call.token}`,
          ...(typeof call.body === 'string' && { 'content-type': 'application/json' }),
        },
        ...(call.body !== undefined && { body: call.body }),
        redirect: 'error',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(settings.timeoutMs)]),
      });
    } catch (error) {
      const refused = isRefusedConnection(error);
      const title = refused ? 'The provider cannot be reached' : 'The connection to the provider broke';
      return {
        ok: false,
        error: { kind: 'unavailable', code: null, title, details: null },
        retryAfterMs: refused || call.method === 'GET' ? settings.retry.maxMs : null,
      };
    }
    const body = await jsonOf(response);
    if (response.ok && body !== undefined) return { ok: true, body };
    return refusal(response, body, settings);
  }

  return {
    async call(call) {
      for (let failed = 1; ; failed += 1) {
        const answer = await once(call);
        if (answer.ok || answer.retryAfterMs === null || failed >= settings.retry.tries) return answer;
        const asked = answer.retryAfterMs;
        if (asked > settings.retry.patienceMs) return answer;
        const wait = Math.max(asked, backoffMs(settings.retry, failed, settings.random()));
        try {
          await settings.sleep(wait, closing.signal);
        } catch {
          return { ok: false, error: GONE, retryAfterMs: wait };
        }
      }
    },
    async download(url, token) {
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(settings.timeoutMs)]),
      });
      if (!response.ok) {
        await response.body?.cancel();
        return null;
      }
      return boundedBytes(response, settings.maxFileBytes);
    },
    close() {
      closing.abort();
    },
  };
}

function refusal(response: Response, body: unknown, settings: GraphSettings): GraphAnswer {
  const asked = retryAfterMs(response.headers.get('retry-after'), settings.now());
  const parsed = Refusal.safeParse(body);
  const passing = response.status === 429 || response.status >= 500;
  if (!parsed.success) {
    const kind = response.status === 429 ? 'rate_limited' : passing ? 'unavailable' : 'unknown';
    const error: DeliveryError = { kind, code: null, title: `HTTP ${response.status}`, details: null };
    return { ok: false, error, retryAfterMs: passing ? (asked ?? 0) : null };
  }
  const error = deliveryErrorOf(parsed.data.error);
  const rule = ruleOf(error.code);
  const fallback = response.status === 429 ? 'rate_limited' : 'unavailable';
  const told = error.kind === 'unknown' && passing ? ({ ...error, kind: fallback } as const) : error;
  // A named reason that will not pass is believed over the HTTP status.
  const again = rule.retry || (passing && rule.kind === 'unknown');
  return { ok: false, error: told, retryAfterMs: again ? (asked ?? 0) : null };
}

/** Undefined when the body is no JSON. */
async function jsonOf(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch {
    return undefined;
  }
}

/** Nobody took the request when the connection itself could not be made. */
function isRefusedConnection(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EHOSTUNREACH';
}

async function boundedBytes(response: Response, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
