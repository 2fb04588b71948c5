import type { Handlers } from '../context.ts';

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
  'connection.signal': async (signal, { ready, attention }) => {
    attention.signal(signal);
    ready().sync.signal(signal);
    return {};
  },
} satisfies Partial<Handlers>;
