/** Everything that can go wrong below a call, as the closed set that the page knows. */
import type { CallError, CallErrorKind } from '../../shared/contract/errors.ts';
import { CallFailure } from '../../shared/contract/errors.ts';
import { AuthErrorKind, GatewayErrorKind } from '../../shared/protocol/errors.ts';
import type { CacheErrorKind } from '../cache/api.ts';

export function failure(kind: CallErrorKind, message: string): CallFailure {
  return new CallFailure({ kind, message });
}

const OF_CACHE: Record<CacheErrorKind, CallErrorKind> = {
  damaged: 'cache_damaged',
  newer: 'cache_damaged',
  wrong_key: 'cache_damaged',
  read_only: 'disk_full',
  disk_full: 'disk_full',
  in_use: 'not_ready',
  closed: 'not_ready',
};

/** Classes of other areas are known by name: their modules are handed in, not imported. */
export function cacheKind(error: unknown): CacheErrorKind | null {
  if (!(error instanceof Error) || error.name !== 'CacheFailure') return null;
  const { kind } = error as { kind?: unknown };
  return typeof kind === 'string' && Object.hasOwn(OF_CACHE, kind) ? (kind as CacheErrorKind) : null;
}

const OF_KEY = {
  wrong_passphrase: 'wrong_passphrase',
  weak_passphrase: 'weak_passphrase',
  too_soon: 'too_soon',
  wrong_recovery_key: 'wrong_recovery_key',
  unavailable: 'key_unavailable',
} as const satisfies Record<string, CallErrorKind>;

/** The answer for an error. `unexpected`: nobody foresaw it, so it belongs into the log. */
export function callErrorOf(error: unknown): { error: CallError; unexpected: boolean } {
  if (error instanceof CallFailure) return { error: error.error, unexpected: false };
  const cache = cacheKind(error);
  if (cache !== null)
    return { error: { kind: OF_CACHE[cache], message: `cache: ${cache}` }, unexpected: false };
  if (error instanceof Error && error.name === 'CacheRefusal')
    return { error: ofRefusal(error), unexpected: false };
  if (error instanceof Error) {
    const known = ofKeys(error) ?? ofGateway(error) ?? ofSystem(error);
    if (known !== null) return { error: known, unexpected: false };
  }
  return { error: { kind: 'internal', message: 'unexpected error, see the log' }, unexpected: true };
}

/** The cache is well, but cannot do this. */
function ofRefusal(error: Error): CallError {
  const { kind } = error as { kind?: unknown };
  if (kind === 'not_found') return { kind, message: 'not on this machine' };
  return { kind: 'refused', message: 'cache', gateway: kind === 'conflict' ? 'conflict' : 'unavailable' };
}

function ofKeys(error: Error): CallError | null {
  if (error.name !== 'KeyFailure') return null;
  const { kind, retryAfterMs } = error as { kind?: unknown; retryAfterMs?: unknown };
  if (typeof kind !== 'string' || !Object.hasOwn(OF_KEY, kind)) return null;
  const wait = typeof retryAfterMs === 'number' ? { retryAfterMs: Math.max(0, retryAfterMs) } : {};
  return { kind: OF_KEY[kind as keyof typeof OF_KEY], message: `key: ${kind}`, ...wait };
}

/** A key, a log or a file that could not be written. */
function ofSystem(error: Error): CallError | null {
  const { code } = error as { code?: unknown };
  const full =
    code === 'ENOSPC' || code === 'EDQUOT' || code === 'EROFS' || code === 'EACCES' || code === 'EPERM';
  return full ? { kind: 'disk_full', message: `system: ${code}` } : null;
}

/** From electron/sync: what an HTTP call, a request over the socket, and a file can fail with. */
function ofGateway(error: Error): CallError | null {
  if (error.name === 'RequestFailure') return { kind: 'offline', message: 'no answer from the gateway' };
  const {
    kind,
    retryAfterMs,
    gateway: why,
  } = error as { kind?: unknown; retryAfterMs?: unknown; gateway?: unknown };
  if (error.name === 'SyncFailure') return ofSync(kind, why);
  // `wrong_content` is the gateway's doing, the others mean that there is nothing to show (any more).
  if (error.name === 'MediaFailure') {
    if (kind === 'wrong_content')
      return { kind: 'refused', message: 'media: wrong_content', gateway: 'internal' };
    if (kind === 'too_large') return { kind: 'refused', message: 'media: too_large', gateway: 'too_large' };
    if (kind === 'empty') return { kind: 'invalid_input', message: 'media: empty' };
    return { kind: 'not_found', message: 'media: not here' };
  }
  if (error.name !== 'GatewayHttpFailure') return null;
  const wait = typeof retryAfterMs === 'number' ? { retryAfterMs } : {};
  if (kind === 'unreachable') return { kind: 'offline', message: 'the gateway cannot be reached' };
  if (kind === 'insecure') return { kind: 'sign_in_refused', message: 'not https', auth: 'invalid' };
  if (kind === 'not_found' || kind === 'forbidden') return { kind, message: `gateway: ${kind}`, ...wait };
  const gateway = GatewayErrorKind.safeParse(kind);
  if (gateway.success) return { kind: 'refused', message: 'gateway', gateway: gateway.data, ...wait };
  const auth = AuthErrorKind.safeParse(kind);
  if (auth.success) return { kind: 'sign_in_refused', message: 'gateway', auth: auth.data, ...wait };
  return null;
}

function ofSync(kind: unknown, why: unknown): CallError | null {
  if (kind === 'offline') return { kind, message: 'the gateway cannot be reached' };
  const gateway = GatewayErrorKind.safeParse(why);
  if (kind !== 'refused' || !gateway.success)
    return { kind: 'internal', message: 'sync: failed, see the log' };
  return { kind: 'refused', message: `gateway: ${gateway.data}`, gateway: gateway.data };
}

/** At sign-in the kinds that both sets have (`rate_limited`, `invalid`, `unavailable`) are about signing in. */
export function signInFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'GatewayHttpFailure') return error;
  const { kind, retryAfterMs } = error as { kind?: unknown; retryAfterMs?: unknown };
  const auth = AuthErrorKind.safeParse(kind);
  if (!auth.success) return error;
  return new CallFailure({
    kind: 'sign_in_refused',
    message: `sign-in: ${auth.data}`,
    auth: auth.data,
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
  });
}
