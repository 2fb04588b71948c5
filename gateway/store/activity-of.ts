/** What a change of a conversation is called in its timeline. */
import type { Activity } from '../../shared/domain/activity.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';

/** Who made the change (null: the gateway by itself) and what was said with it. */
export type Doer = { actorId: string | null; note: string | null };
export type Deed = Pick<Activity, 'actorId' | 'kind' | 'from' | 'to' | 'note'>;
type State = Pick<
  Conversation,
  'assigneeId' | 'teamId' | 'status' | 'snoozedUntil' | 'closeReason' | 'labelIds'
>;

/** One deed for each thing that is different: who has it, its status, each label. */
export function activitiesOf(before: State, after: State, by: Doer): Deed[] {
  const { actorId } = by;
  return [
    ...passing(before, after, by),
    ...status(before, after, actorId),
    ...after.labelIds
      .filter((id) => !before.labelIds.includes(id))
      .map((id): Deed => ({ actorId, kind: 'label_added', from: null, to: id, note: null })),
    ...before.labelIds
      .filter((id) => !after.labelIds.includes(id))
      .map((id): Deed => ({ actorId, kind: 'label_removed', from: id, to: null, note: null })),
  ];
}

function passing(before: State, after: State, { actorId, note }: Doer): Deed[] {
  if (before.assigneeId === after.assigneeId && before.teamId === after.teamId) return [];
  // Somebody keeps it and only the team is another: then the teams are what changed.
  const kept = after.assigneeId !== null && before.assigneeId === after.assigneeId;
  const from = kept ? (before.teamId ?? before.assigneeId) : (before.assigneeId ?? before.teamId);
  const to = kept ? (after.teamId ?? after.assigneeId) : (after.assigneeId ?? after.teamId);
  if (to === null) return [{ actorId, kind: 'returned_to_queue', from, to, note }];
  const taken = !kept && actorId !== null && after.assigneeId === actorId && before.assigneeId !== null;
  return [{ actorId, kind: taken ? 'taken_over' : 'assigned', from, to, note }];
}

function status(before: State, after: State, actorId: string | null): Deed[] {
  const deed = { actorId, from: before.status, to: after.status, note: null };
  switch (after.status) {
    case 'open':
      return before.status === 'open' ? [] : [{ ...deed, kind: 'reopened' }];
    case 'snoozed':
      if (before.status === 'snoozed' && before.snoozedUntil === after.snoozedUntil) return [];
      return [{ ...deed, kind: 'snoozed' }];
    case 'closed':
      if (before.status === 'closed' && before.closeReason === after.closeReason) return [];
      return [{ ...deed, kind: 'closed', note: after.closeReason }];
  }
}
