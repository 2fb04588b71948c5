/** Who has a conversation of the demo and how it came to that: teams, passing on, labels, closing, and notes for colleagues. */
import type { Conversation } from '../../shared/domain/conversation.ts';
import { newId } from '../../shared/domain/id.ts';
import { HOUR, MINUTE } from '../../shared/domain/time.ts';
import type { UserKey } from './people.ts';
import { DEMO_USERS } from './people.ts';
import type { ConversationPlan } from './plan.ts';
import type { Frame } from './seed.ts';

export type TeamKey = 'sales' | 'service';

export const DEMO_TEAMS: Record<TeamKey, { name: string; members: readonly UserKey[] }> = {
  sales: { name: 'Sales', members: ['maya', 'tom'] },
  service: { name: 'Service', members: ['tom', 'yuki', 'karim'] },
};

const REASONS = ['Solved', 'Order delivered', 'Refunded', 'No answer any more', 'Wrong number'];
const HAND_OVERS = [
  'You know this customer from the trade fair.',
  'Please finish this one, I am off from noon.',
  'Needs somebody who speaks the language.',
];
const maya = `@${DEMO_USERS.maya.name}`;
const MENTIONS = [
  `${maya} can you confirm the discount? I promised an answer today.`,
  `The warehouse has found the missing part. ${maya} please tell the customer.`,
  `${maya} this is the architect I told you about, be nice 🙂`,
  `Invoice is corrected. ${maya} you can send it now.`,
];

/** `age`: of the last message. What happens here happens around that time, and never after now. */
export function finish(
  frame: Frame,
  written: Conversation,
  plan: ConversationPlan,
  labelIds: string[],
): void {
  const { now } = frame;
  const late = Math.min(written.activeAt + 3 * MINUTE, now);
  // A conversation of some minutes was not passed on hours ago.
  const early = Math.max(written.createdAt + MINUTE, written.activeAt - 2 * HOUR);
  const at = Math.min(early, now);
  let conversation = passOn(frame, written, plan, at);
  conversation = label(frame, conversation, plan, labelIds, at);
  if (plan.assignee === 'maya' && plan.status === 'open' && plan.index % 4 === 0) {
    mention(frame, conversation, plan.index, late);
  }
  const unread = plan.unread ? Math.max(1, conversation.unread) : 0;
  conversation = frame.store.conversations.change(frame.ws, conversation, { unread }, late) ?? conversation;
  rest(frame, conversation, plan, late);
}

/** To a person, now and then by way of a colleague or of a team; some wait with a team. */
function passOn(frame: Frame, before: Conversation, plan: ConversationPlan, at: number): Conversation {
  const { index, assignee } = plan;
  if (assignee === null) {
    // Of the queue, every sixth waits with Sales and every twelfth with Service.
    const key: TeamKey | null = index % 20 === 0 ? 'sales' : index % 40 === 5 ? 'service' : null;
    if (plan.status !== 'open' || key === null) return before;
    return apply(frame, before, { teamId: frame.teamIds[key] }, 'karim', at, null);
  }
  const assigneeId = frame.userIds[assignee];
  if (index % 7 === 2) {
    const note = HAND_OVERS[index % HAND_OVERS.length] ?? null;
    return apply(frame, before, { assigneeId }, 'karim', at, note);
  }
  if (assignee === 'maya' && index % 7 === 4) {
    const toms = apply(frame, before, { assigneeId: frame.userIds.tom }, 'tom', at, null);
    return apply(frame, toms, { assigneeId }, 'maya', at + 1, 'Tom is at the warehouse today.');
  }
  if (index % 7 === 5) {
    const teamId = frame.teamIds[assignee === 'yuki' ? 'service' : 'sales'];
    const teams = apply(frame, before, { teamId }, 'karim', at, null);
    // Only Maya keeps the team with it: what is somebody else's is otherwise seen by that person alone.
    return apply(
      frame,
      teams,
      { assigneeId, teamId: assignee === 'maya' ? teamId : null },
      assignee,
      at + 1,
      null,
    );
  }
  return apply(frame, before, { assigneeId }, assignee, at, null);
}

/** A new conversation in the queue has no label yet. */
function label(
  frame: Frame,
  before: Conversation,
  plan: ConversationPlan,
  labelIds: string[],
  at: number,
): Conversation {
  if (plan.assignee === null && plan.index % 3 !== 0) return before;
  return apply(frame, before, { labelIds }, plan.assignee ?? 'karim', at + 2, null);
}

function rest(frame: Frame, before: Conversation, plan: ConversationPlan, at: number): void {
  const by = plan.assignee ?? plan.agent;
  if (plan.status === 'closed') {
    const closeReason =
      plan.index % 4 === 0 ? null : (REASONS[Math.floor(plan.index / 4) % REASONS.length] ?? null);
    apply(frame, before, { status: 'closed', closeReason }, by, at, null);
  } else if (plan.status === 'snoozed') {
    // Every third sleeps until the customer writes.
    const snoozedUntil = plan.index % 3 === 0 ? null : frame.now + (2 + (plan.index % 60)) * HOUR;
    apply(frame, before, { status: 'snoozed', snoozedUntil }, by, at, null);
  }
}

function mention(frame: Frame, conversation: Conversation, index: number, at: number): void {
  const { store, ws, userIds } = frame;
  const note = {
    id: newId(at),
    conversationId: conversation.id,
    authorId: index % 8 === 0 ? userIds.karim : userIds.tom,
    body: MENTIONS[(index / 4) % MENTIONS.length] ?? maya,
    mentions: [userIds.maya],
    createdAt: at,
  };
  store.notes.add(ws, note, conversation);
}

function apply(
  { store, ws, userIds }: Frame,
  before: Conversation,
  fields: Partial<Conversation>,
  by: UserKey,
  at: number,
  note: string | null,
): Conversation {
  const seq = store.conversations.apply(ws, before, fields, { actorId: userIds[by], note }, at);
  return seq === null ? before : (store.conversations.get(ws, before.id) ?? before);
}
