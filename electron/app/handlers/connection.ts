import { connectionProblem } from '../../../shared/domain/policy-clocks.ts';
import type { Handlers } from '../context.ts';
import { originOf } from '../promises/promises.ts';
import { tlsVersionOf } from '../lock/self-check.ts';

export const connectionHandlers = {
  'connection.state': async (_input, { connection, countUnsent }) => {
    // Counted now: who has just sent something must find it in the number.
    const unsent = await countUnsent();
    return { connection: connection(), unsent };
  },
  'connection.retry': async (_input, { ready }) => {
    ready().sync.retryNow();
    return {};
  },
  'connection.refusal': async (_input, { ready, connection, promises, now }) => {
    const { cache, session } = ready();
    const { policy } = promises.judge(await cache.read.rules(), now());
    const origin = originOf(session.gateway);
    if (connection().state !== 'offline' || policy === null || origin?.startsWith('https:') !== true)
      return { tls: null };
    const spoken = await tlsVersionOf(origin);
    const refused = connectionProblem(policy, origin, spoken) === 'tls_too_old';
    return { tls: refused && spoken !== null ? { spoken, promised: policy.minimumTls } : null };
  },
  'connection.signal': async (signal, { ready, attention }) => {
    attention.signal(signal);
    ready().sync.signal(signal);
    return {};
  },
} satisfies Partial<Handlers>;
