import { newId } from '../../../shared/domain/id.ts';
import type { Handlers } from '../context.ts';
import { failure } from '../failures.ts';
import { enqueue } from './command.ts';

export const messageHandlers = {
  'message.send': async ({ conversationId, content, quotedMessageId }, context) => {
    const messageId = newId();
    await enqueue(context, 'message.send', { conversationId, messageId, content, quotedMessageId });
    return { messageId };
  },
  'message.retry': async ({ conversationId, messageId }, { ready, changed, now }) => {
    const { cache, sync } = ready();
    changed(await cache.write.retryMessage({ conversationId, messageId, commandId: newId(), now: now() }));
    sync.kick();
    return {};
  },
  'message.discard': async (input, { ready, changed }) => {
    const changes = await ready().cache.write.discardMessage(input);
    if (changes === null) throw failure('not_found', 'it is under way or gone');
    changed(changes);
    // What waited behind it in its conversation may go now.
    ready().sync.kick();
    return {};
  },
  'message.react': async (input, context) => {
    await enqueue(context, 'message.react', input);
    return {};
  },
  'note.add': async ({ conversationId, body, mentions }, context) => {
    const noteId = newId();
    await enqueue(context, 'note.add', { conversationId, noteId, body, mentions });
    return { noteId };
  },
} satisfies Partial<Handlers>;
