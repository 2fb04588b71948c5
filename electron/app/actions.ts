/** An action on a conversation as commands, each with what takes it back. What changes nothing gives none. */
import type { ConversationAction } from '../../shared/contract/actions.ts';
import { newId } from '../../shared/domain/id.ts';
import type { ConversationStanding } from '../cache/api.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { Intent, Inverse } from './undo.ts';

/** What is to be done, and what leads back to the state before; null: nothing does. */
export type Step = { intent: Intent; inverse: Inverse };
type Restore = Extract<Command, { type: 'conversation.undo' }>['data']['restore'];

export function stepsOf(action: ConversationAction, standing: ConversationStanding): Step[] {
  const { conversation } = standing;
  const of = { conversationId: conversation.id };
  const back =
    (restore: Restore): Inverse =>
    (commandId) => ({
      type: 'conversation.undo',
      data: { ...of, commandId, restore },
    });
  switch (action.type) {
    case 'assign': {
      const { assigneeId, teamId, note } = action;
      const before = { assigneeId: conversation.assigneeId, teamId: conversation.teamId };
      // A note is said even when it stays where it is.
      if (assigneeId === before.assigneeId && teamId === before.teamId && note === null) return [];
      return [
        {
          intent: { type: 'conversation.assign', data: { ...of, assigneeId, teamId, note } },
          inverse: back(before),
        },
      ];
    }
    case 'status': {
      const { status, reason } = action;
      const snoozedUntil = status === 'snoozed' ? action.snoozedUntil : null;
      const same = status === conversation.status && snoozedUntil === conversation.snoozedUntil;
      if (same && (status !== 'closed' || reason === conversation.closeReason)) return [];
      const before = {
        status: conversation.status,
        snoozedUntil: conversation.snoozedUntil,
        closeReason: conversation.closeReason,
      };
      return [
        {
          intent: { type: 'conversation.status', data: { ...of, status, snoozedUntil, reason } },
          inverse: back(before),
        },
      ];
    }
    case 'labels': {
      const before = conversation.labelIds;
      const after = [...new Set([...before, ...action.add])].filter((id) => !action.remove.includes(id));
      if (after.length === before.length && after.every((id) => before.includes(id))) return [];
      return [
        {
          intent: { type: 'conversation.labels', data: { ...of, labelIds: after } },
          inverse: back({ labelIds: before }),
        },
      ];
    }
    case 'read': {
      const upTo = conversation.lastMessage?.id;
      if (conversation.unread === 0 || upTo === undefined) return [];
      return [
        {
          intent: { type: 'conversation.read', data: { ...of, upTo } },
          inverse: back({ unread: conversation.unread }),
        },
      ];
    }
    case 'unread': {
      if (conversation.unread > 0) return [];
      return [{ intent: { type: 'conversation.unread', data: of }, inverse: back({ unread: 0 }) }];
    }
    case 'pin':
      return pinSteps(action.pinned, standing);
  }
}

function pinSteps(pinned: boolean, { conversation, pinId }: ConversationStanding): Step[] {
  if (pinned === (pinId !== null)) return [];
  // Saving a deleted pin brings it back: under the same id, so that what was done before can still be taken back.
  const itemId = pinId ?? newId();
  const remove: Intent = { type: 'library.delete', data: { itemId } };
  const content = { kind: 'pin' as const, conversationId: conversation.id };
  const save: Intent = { type: 'library.save', data: { itemId, scope: 'personal', content } };
  return [pinned ? { intent: save, inverse: () => remove } : { intent: remove, inverse: () => save }];
}
