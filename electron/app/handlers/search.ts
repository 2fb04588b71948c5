import type { Handlers } from '../context.ts';

export const searchHandlers = {
  'search.query': async (input, { ready, now }) => ready().cache.search.search({ ...input, now: now() }),
} satisfies Partial<Handlers>;
