import type { ConversationStanding } from '../../cache/api.ts';
import { stepsOf } from '../actions.ts';
import type { Handlers } from '../context.ts';
import { failure } from '../failures.ts';
import { macroSteps } from '../macro.ts';
import { commandOf, leavesAt, perform } from './command.ts';

/** Conversations whose details are asked for at the same time. */
const AT_ONCE = 32;

export const conversationsHandlers = {
  'conversations.apply': async ({ conversationIds, action }, context) => {
    const ids = [...new Set(conversationIds)];
    const standings = await context.ready().cache.read.standings({ ids });
    if (standings.length === 0) throw failure('not_found', 'none of them is on this machine');
    const each = standings.map((standing) => stepsOf(action, standing));
    return perform(context, each.flat(), each.filter((steps) => steps.length > 0).length);
  },
  'undo.apply': async ({ undoId }, context) => {
    const { cache, sync, session } = context.ready();
    const now = context.now();
    const step = context.undo.take(undoId, now);
    if (step === null) throw failure('not_found', 'nothing to take back');
    const { withdrawn, changes } = await cache.write.withdraw({ ids: step.map(({ id }) => id) });
    const gone = new Set(withdrawn);
    // Last done, first taken back.
    const commands = step
      .toReversed()
      .flatMap(({ id, inverse }) => (gone.has(id) || inverse === null ? [] : [commandOf(inverse(id))]))
      .map((command) => ({ command, sendAt: null }));
    context.changed(changes);
    if (commands.length > 0) {
      context.changed(await cache.write.enqueueMany({ commands, me: session.me.id, now }));
    }
    sync.kick();
    return {};
  },
  'macro.run': async ({ macroId, conversationIds }, context) => {
    const { cache, session } = context.ready();
    const item = (await cache.read.library()).find(({ id }) => id === macroId);
    if (item?.content.kind !== 'macro') throw failure('not_found', 'no such macro');
    const macro = item.content;
    const standings = await cache.read.standings({ ids: [...new Set(conversationIds)] });
    if (standings.length === 0) throw failure('not_found', 'none of them is on this machine');
    const sendAt = leavesAt(context, null);
    const each = await inGroups(standings, async (standing) => {
      const { id } = standing.conversation;
      const detail = macro.reply === null ? null : await cache.read.conversation({ id });
      const subject =
        detail === null
          ? null
          : {
              contactName: detail.contact.name,
              agentName: session.me.name,
              channelName: detail.channel.name,
            };
      return macroSteps(macro, standing, { me: session.me.id, subject, sendAt });
    });
    return perform(context, each.flat(), each.filter((steps) => steps.length > 0).length);
  },
} satisfies Partial<Handlers>;

async function inGroups<T>(
  all: readonly ConversationStanding[],
  work: (one: ConversationStanding) => Promise<T>,
): Promise<T[]> {
  const done: T[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    done.push(...(await Promise.all(all.slice(from, from + AT_ONCE).map(work))));
  }
  return done;
}
