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
  'conversation.loadOlder': async ({ conversationId }, { ready }) => {
    return { messages: await ready().sync.loadOlder(conversationId) };
  },
  'conversation.read': async (input, context) => {
    await enqueue(context, 'conversation.read', input);
    return {};
  },
  'conversation.unread': async (input, context) => {
    await enqueue(context, 'conversation.unread', input);
    return {};
  },
  'conversation.assign': async (input, context) => {
    await enqueue(context, 'conversation.assign', input);
    return {};
  },
  'conversation.status': async (input, context) => {
    await enqueue(context, 'conversation.status', input);
    return {};
  },
  'conversation.labels': async (input, context) => {
    await enqueue(context, 'conversation.labels', input);
    return {};
  },
} satisfies Partial<Handlers>;
