/** A macro as the steps that it takes on one conversation: the reply first, then labels, assignment and status. */
import { newId } from '../../shared/domain/id.ts';
import type { Macro } from '../../shared/domain/library.ts';
import { type ReplySubject, fillReply } from '../../shared/domain/reply-variables.ts';
import type { ConversationStanding } from '../cache/api.ts';
import type { ConversationAction } from '../../shared/contract/actions.ts';
import { type Step, stepsOf } from './actions.ts';
import type { Intent } from './undo.ts';

type StatusAction = Extract<ConversationAction, { type: 'status' }>;

/** `subject` null: the contact is not known, so no reply is written. `sendAt`: when the reply leaves. */
export type MacroRun = { me: string; subject: ReplySubject | null; sendAt: number | null };

export function macroSteps(
  macro: Macro,
  standing: ConversationStanding,
  run: MacroRun,
): (Step & { sendAt?: number | null })[] {
  const steps: (Step & { sendAt?: number | null })[] = [];
  const { conversation } = standing;
  if (macro.reply !== null && run.subject !== null) {
    const data = {
      conversationId: conversation.id,
      messageId: newId(),
      content: { kind: 'text' as const, body: fillReply(macro.reply, run.subject) },
      quotedMessageId: null,
    };
    // What was sent cannot be taken back; before that it is withdrawn.
    steps.push({ intent: { type: 'message.send', data }, inverse: null, sendAt: run.sendAt });
  }
  const { addLabelIds: add, removeLabelIds: remove } = macro;
  if (add.length + remove.length > 0) steps.push(...stepsOf({ type: 'labels', add, remove }, standing));
  if (macro.assign !== null) {
    const to = assigneeOf(macro.assign, run.me, conversation.teamId);
    steps.push(...stepsOf({ type: 'assign', ...to, note: null }, standing));
  }
  if (macro.status !== null) {
    const status = { type: 'status', status: macro.status, snoozedUntil: null, reason: null } as const;
    if (steps[0]?.intent.type === 'message.send') steps.push(...afterReply(status, standing));
    else steps.push(...stepsOf(status, standing));
  }
  return steps;
}

/** The reply reopens, whatever the state was before: so that is what leads back, not what the gateway had just before the step. */
function afterReply(action: StatusAction, { conversation, pinId }: ConversationStanding): Step[] {
  const { id, status, snoozedUntil, closeReason: reason } = conversation;
  const reopened = { ...conversation, status: 'open' as const, snoozedUntil: null, closeReason: null };
  const back: Intent = {
    type: 'conversation.status',
    data: { conversationId: id, status, snoozedUntil, reason },
  };
  return stepsOf(action, { conversation: reopened, pinId }).map((step) =>
    status === 'open' ? step : { intent: step.intent, inverse: () => back },
  );
}

/** A person takes it from the team that has it. */
function assigneeOf(
  to: NonNullable<Macro['assign']>,
  me: string,
  teamId: string | null,
): { assigneeId: string | null; teamId: string | null } {
  if (to === 'me') return { assigneeId: me, teamId };
  if (to === 'queue') return { assigneeId: null, teamId: null };
  return 'userId' in to ? { assigneeId: to.userId, teamId } : { assigneeId: null, teamId: to.teamId };
}
