import type { Handlers } from '../context.ts';

export const draftHandlers = {
  'draft.save': async ({ conversationId, draft }, { ready, changed, now }) => {
    changed(await ready().cache.write.saveDraft({ conversationId, draft, now: now() }));
    return {};
  },
  'attachment.discard': async ({ mediaId }, { ready, life }) => {
    // One that was discarded before, or that a message has by now, is no error of the page.
    if (await ready().cache.write.discardStaged({ id: mediaId })) life.tidy();
    return {};
  },
} satisfies Partial<Handlers>;
