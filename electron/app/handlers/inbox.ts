import type { Handlers } from '../context.ts';

export const inboxHandlers = {
  'inbox.views': async (_input, { ready, now }) => {
    const { cache, session } = ready();
    return cache.read.views({ me: session.me.id, now: now() });
  },
  'inbox.list': async ({ view, after, limit }, { ready }) => {
    const { cache, session } = ready();
    return cache.read.conversations({ view, me: session.me.id, after, limit });
  },
  'directory.get': async (_input, { ready }) => ready().cache.read.directory(),
} satisfies Partial<Handlers>;
