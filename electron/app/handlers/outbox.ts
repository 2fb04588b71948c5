import type { Handlers } from '../context.ts';

export const outboxHandlers = {
  'outbox.list': async (_input, { ready, now }) => ready().cache.read.outboxItems({ now: now() }),
} satisfies Partial<Handlers>;
