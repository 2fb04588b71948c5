/** When to try a request again: exponential back-off with full jitter, and the server's own wish above it. */
export type RetryPolicy = {
  /** Tries in all. */
  tries: number;
  baseMs: number;
  maxMs: number;
  /** A server that asks for more patience than this is left to the caller. */
  patienceMs: number;
};

export const DEFAULT_RETRY: RetryPolicy = { tries: 3, baseMs: 500, maxMs: 8_000, patienceMs: 10_000 };

/** Milliseconds before try number `failed + 1`; `random` from 0 to 1. */
export function backoffMs(policy: RetryPolicy, failed: number, random: number): number {
  const ceiling = Math.min(policy.maxMs, policy.baseMs * 2 ** (failed - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

/** `Retry-After` is seconds or an HTTP date (RFC 9110, 10.2.3). Null when there is none or none that can be read. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const value = header.trim();
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
