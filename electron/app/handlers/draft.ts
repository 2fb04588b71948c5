import type { Handlers } from '../context.ts';

export const draftHandlers = {
  'draft.save': async ({ conversationId, text }, { ready, changed, now }) => {
    changed(await ready().cache.write.saveDraft({ conversationId, text, now: now() }));
    return {};
  },
} satisfies Partial<Handlers>;
