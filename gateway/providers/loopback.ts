/** The smallest provider: it takes every message and does nothing with it. For tests and benchmarks of the gateway itself. */
import type { Provider } from './provider.ts';

export function createLoopback(now: () => number): Provider {
  return {
    name: 'loopback',
    send: ({ idempotencyKey }) =>
      Promise.resolve({ ok: true, providerId: `loopback.${idempotencyKey}`, status: 'sent', at: now() }),
    react: ({ providerId }) => Promise.resolve({ ok: true, providerId, status: 'sent', at: now() }),
    markRead: () => Promise.resolve(),
    media: () => Promise.resolve(null),
    close: () => Promise.resolve(),
  };
}
