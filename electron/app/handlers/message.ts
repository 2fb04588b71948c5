import { newId } from '../../../shared/domain/id.ts';
import type { Handlers } from '../context.ts';
import { failure } from '../failures.ts';
import { enqueue, leavesAt } from './command.ts';

export const messageHandlers = {
  'message.send': async (
    { conversationId, content, quotedMessageId, sendAt: chosen, seenRev, override },
    context,
  ) => {
    const messageId = newId();
    const sendAt = leavesAt(context, chosen);
    const data = {
      conversationId,
      messageId,
      content,
      quotedMessageId,
      ...(seenRev === null ? {} : { seenRev }),
      ...(override == null ? {} : { override }),
    };
    await enqueue(context, 'message.send', data, sendAt);
    if (override != null) {
      const subjects = [conversationId, messageId];
      await context.audit({ action: 'message.override', subjects, counts: {}, reason: override });
    }
    return { messageId, undoUntil: sendAt };
  },
  'message.retry': async ({ conversationId, messageId, anyway }, { ready, changed, now }) => {
    const { cache, sync } = ready();
    const commandId = newId();
    changed(await cache.write.retryMessage({ conversationId, messageId, commandId, now: now(), anyway }));
    sync.kick();
    return {};
  },
  'message.revise': async ({ conversationId, messageId, content, sendAt: chosen }, context) => {
    const { cache, sync } = context.ready();
    const sendAt = leavesAt(context, chosen);
    const commandId = newId();
    const now = context.now();
    context.changed(
      await cache.write.reviseMessage({ conversationId, messageId, commandId, content, sendAt, now }),
    );
    sync.kick();
    return {};
  },
  'message.discard': async (input, { ready, changed }) => {
    const discarded = await ready().cache.write.discardMessage(input);
    if (discarded === null) throw failure('not_found', 'it is under way or gone');
    changed(discarded.changes);
    // What waited behind it in its conversation may go now.
    ready().sync.kick();
    return { content: discarded.content };
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
