import type { Handlers } from '../context.ts';
import { failure } from '../failures.ts';
import { enqueue } from './command.ts';

export const conversationHandlers = {
  'conversation.get': async ({ conversationId }, { ready }) => {
    const found = await ready().cache.read.conversation({ id: conversationId });
    if (found === null) throw failure('not_found', 'no such conversation on this machine');
    return found;
  },
  'conversation.thread': async (input, { ready }) => ready().cache.read.thread(input),
  'conversation.around': async (input, { ready }) => {
    const page = await ready().cache.read.threadAround(input);
    if (page === null) throw failure('not_found', 'the message is not on this machine');
    return page;
  },
  'conversation.loadOlder': async ({ conversationId }, { ready }) => {
    return { messages: await ready().sync.loadOlder(conversationId) };
  },
  'history.missing': async (_input, { ready }) => ready().cache.read.missingHistory({ limit: 100 }),
  'conversation.read': async (input, context) => {
    await enqueue(context, 'conversation.read', input);
    return {};
  },
} satisfies Partial<Handlers>;
