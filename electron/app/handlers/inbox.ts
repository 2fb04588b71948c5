import { MAX_BULK } from '../../../shared/contract/actions.ts';
import type { Context, Handlers } from '../context.ts';

/** Who asks and when: what `mine` means, and what has waited for how long. */
function asking({ ready, now }: Context) {
  const { cache, session } = ready();
  return { read: cache.read, who: { me: session.me.id, now: now() } };
}

export const inboxHandlers = {
  'inbox.views': async (_input, context) => {
    const { read, who } = asking(context);
    return read.views(who);
  },
  'inbox.list': async (input, context) => {
    const { read, who } = asking(context);
    return read.conversations({ ...input, ...who });
  },
  'inbox.ids': async (input, context) => {
    const { read, who } = asking(context);
    return { ids: await read.conversationIds({ ...input, ...who, limit: MAX_BULK }) };
  },
  'inbox.count': async ({ filter }, context) => {
    const { read, who } = asking(context);
    return { total: await read.conversationCount({ filter, ...who }) };
  },
  'directory.get': async (_input, { ready, promises, now }) => {
    const { cache } = ready();
    const [directory, rules] = await Promise.all([cache.read.directory(), cache.read.rules()]);
    return { ...directory, policy: promises.judge(rules, now()).policy };
  },
} satisfies Partial<Handlers>;
