import type { Handlers } from '../context.ts';

export const connectionHandlers = {
  'connection.state': async (_input, { connection, unsent }) => ({
    connection: connection(),
    unsent: unsent(),
  }),
  'connection.retry': async (_input, { ready }) => {
    ready().sync.retryNow();
    return {};
  },
  'connection.signal': async (signal, { ready }) => {
    ready().sync.signal(signal);
    return {};
  },
} satisfies Partial<Handlers>;
