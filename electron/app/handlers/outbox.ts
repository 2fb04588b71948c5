import type { Handlers } from '../context.ts';

export const outboxHandlers = {
  'outbox.list': async (_input, { ready }) => ready().cache.read.outboxItems(),
} satisfies Partial<Handlers>;
