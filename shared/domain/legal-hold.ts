/** A legal hold: the only thing that keeps data longer than its clock. It is always shown, with its reason and its review. */
import { z } from 'zod';
import { Id } from './id.ts';
import type { RetentionClass } from './retention.ts';
import { Timestamp } from './time.ts';

export const HoldScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('conversation'), conversationId: Id }),
  z.object({ kind: z.literal('contact'), contactId: Id }),
  z.object({ kind: z.literal('all') }),
]);
export type HoldScope = z.infer<typeof HoldScope>;

export const LegalHold = z
  .object({
    id: Id,
    scope: HoldScope,
    reason: z.string().trim().min(1).max(2000),
    by: Id,
    at: Timestamp,
    /** When somebody has to look again. The hold does not end by itself then: it is shown as due. */
    reviewAt: Timestamp,
    releasedAt: Timestamp.nullable().default(null),
    releasedBy: Id.nullable().default(null),
  })
  .refine((hold) => hold.reviewAt > hold.at, { path: ['reviewAt'], error: 'the review lies in the past' });
export type LegalHold = z.infer<typeof LegalHold>;

export type HoldState = 'active' | 'review_due' | 'released';

export function holdState(hold: LegalHold, now: number): HoldState {
  if (hold.releasedAt !== null) return 'released';
  return hold.reviewAt <= now ? 'review_due' : 'active';
}

/** What a thing belongs to; null: to no conversation or no contact. */
export type HoldSubject = { class: RetentionClass; conversationId: Id | null; contactId: Id | null };

/** The holds that keep a thing. Exports and the audit belong to no one conversation: only a hold on everything keeps them. */
export function holdsOn(holds: readonly LegalHold[], subject: HoldSubject): LegalHold[] {
  return holds.filter(({ releasedAt, scope }) => {
    if (releasedAt !== null) return false;
    if (scope.kind === 'all') return true;
    if (subject.class === 'exports' || subject.class === 'audit') return false;
    return scope.kind === 'conversation'
      ? scope.conversationId === subject.conversationId
      : scope.contactId === subject.contactId;
  });
}

/** The same for a purge that works on many rows at once: leave everything, or leave these. */
export function heldTargets(holds: readonly LegalHold[]): {
  all: boolean;
  conversationIds: Id[];
  contactIds: Id[];
} {
  const targets = { all: false, conversationIds: new Set<Id>(), contactIds: new Set<Id>() };
  for (const { releasedAt, scope } of holds) {
    if (releasedAt !== null) continue;
    if (scope.kind === 'all') targets.all = true;
    else if (scope.kind === 'conversation') targets.conversationIds.add(scope.conversationId);
    else targets.contactIds.add(scope.contactId);
  }
  return {
    all: targets.all,
    conversationIds: [...targets.conversationIds],
    contactIds: [...targets.contactIds],
  };
}
