/** How long the workspace keeps things, and what a legal hold keeps longer: for owners. What everybody was told: by each for themselves. */
import type { LegalHold } from '../../../shared/domain/legal-hold.ts';
import { checkWorkspaceRule } from '../../../shared/domain/retention-change.ts';
import { Refusal } from '../errors.ts';
import type { CommandContext, DataOf } from './command-context.ts';

export function saveRetention(
  context: CommandContext,
  { retention }: DataOf<'retention.save'>,
): number | null {
  const { store, viewer, now } = context;
  const known = store.rules.retention(viewer.ws);
  const next = { ...retention, updatedAt: now, updatedBy: viewer.userId };
  const verdict = checkWorkspaceRule(viewer.role, { ...next, rev: 0 }, store.catalogue.policy(viewer.ws));
  if (!verdict.ok) {
    throw verdict.problem === 'not_owner'
      ? new Refusal('forbidden')
      : new Refusal('unsupported', 'the profile offers no anonymising');
  }
  const { updatedAt: _at, updatedBy: _by, rev: _rev, ...same } = known;
  if (JSON.stringify(same) === JSON.stringify(retention)) return null;
  return store.rules.saveRetention(viewer.ws, next, now);
}

/** Puts a hold, or changes the reason and the review of one that holds. Its scope stays what it was. */
export function saveHold(
  context: CommandContext,
  { holdId, scope, reason, reviewAt }: DataOf<'hold.save'>,
): number | null {
  const { store, viewer, now } = context;
  if (viewer.role !== 'owner') throw new Refusal('forbidden');
  if (reviewAt <= now) throw new Refusal('invalid', 'reviewAt');
  const known = store.rules.hold(viewer.ws, holdId);
  if (known !== null && known.releasedAt !== null) throw new Refusal('conflict', 'the hold was lifted');
  if (known !== null && JSON.stringify(known.scope) !== JSON.stringify(scope))
    throw new Refusal('conflict', 'the scope of a hold stays');
  if (scope.kind === 'conversation' && store.conversations.get(viewer.ws, scope.conversationId) === null)
    throw new Refusal('not_found', 'conversation');
  const hold: LegalHold = {
    id: holdId,
    scope,
    reason,
    by: viewer.userId,
    at: now,
    reviewAt,
    releasedAt: null,
    releasedBy: null,
  };
  return store.rules.saveHold(viewer.ws, known === null ? hold : { ...known, reason, reviewAt }, now);
}

export function releaseHold(context: CommandContext, { holdId }: DataOf<'hold.release'>): number | null {
  const { store, viewer, now } = context;
  if (viewer.role !== 'owner') throw new Refusal('forbidden');
  const known = store.rules.hold(viewer.ws, holdId);
  if (known === null) throw new Refusal('not_found', 'hold');
  if (known.releasedAt !== null) return null;
  return store.rules.saveHold(viewer.ws, { ...known, releasedAt: now, releasedBy: viewer.userId }, now);
}

/** Once is enough: the first time is kept. */
export function acknowledge(
  { store, viewer, now }: CommandContext,
  { notice }: DataOf<'notice.acknowledge'>,
): number | null {
  return store.people.acknowledge(viewer.userId, notice, now);
}
