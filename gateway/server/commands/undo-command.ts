/** Takes back what an earlier command of the same user did to a conversation (protocol README, section 2.4). */
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import type { KeptUndo, Restorable } from '../../store/commands.ts';
import { canSeeConversation } from '../../store/visibility.ts';
import { Refusal } from '../errors.ts';
import type { CommandContext, DataOf } from './command-context.ts';
import { checkHolder } from './conversation-commands.ts';

/** Ten minutes for the user and one for the way. */
const UNDO_LIFE = 11 * MINUTE;

/** Answers the number of the last event, or null when everything is as before already. */
export function undoCommand(context: CommandContext, data: DataOf<'conversation.undo'>): number | null {
  const { store, viewer, now } = context;
  const kept = store.commands.undoable(data.commandId);
  if (kept === null || kept.userId !== viewer.userId || kept.conversationId !== data.conversationId) {
    throw new Refusal('not_found', 'undo');
  }
  const conversation = store.conversations.get(viewer.ws, data.conversationId);
  if (conversation === null) throw new Refusal('not_found');
  const { unread, ...fields } = kept.before;
  const restored = { ...conversation, ...fields };
  // Back into sight, or never out of it: an undo is no way around what this user may see.
  if (!canSeeConversation(viewer, restored)) throw new Refusal('not_found');
  if (now - kept.at > UNDO_LIFE) throw new Refusal('conflict', 'too late');
  refuseWhenActedOn(context, conversation, kept);
  checkHolder(context, conversation, restored);
  if (unread !== undefined)
    restored.unread = unreadAfter(conversation.unread, unread, kept.after.unread ?? 0);
  store.commands.spendUndo(data.commandId);
  return store.conversations.apply(
    viewer.ws,
    conversation,
    restored,
    { actorId: viewer.userId, note: null },
    now,
  );
}

function refuseWhenActedOn(
  { store, viewer }: CommandContext,
  conversation: Conversation,
  kept: KeptUndo,
): void {
  const handedOver = 'assigneeId' in kept.after || 'teamId' in kept.after;
  const strict = handedOver || !canSeeConversation(viewer, conversation);
  if (!strict && isAsLeft(conversation, kept.after)) return;
  const since = store.log.deedSince(viewer.ws, conversation.id, viewer.userId, kept.seq);
  if (since !== null) throw new Refusal('conflict', 'somebody has acted on it since', null, since);
}

/** Whether the command's own changes still stand. Unread messages are counted on, not set. */
function isAsLeft(now: Restorable, { unread: _, ...left }: Partial<Restorable>): boolean {
  return Object.entries(left).every(
    ([field, value]) => JSON.stringify(now[field as keyof Restorable]) === JSON.stringify(value),
  );
}

function unreadAfter(now: number, before: number, left: number): number {
  return Math.max(0, now + before - left);
}
