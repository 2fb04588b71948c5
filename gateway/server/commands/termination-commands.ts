/** The end of the workspace: for owners. When the desktops wipe what they have is the profile's word, never a guess. */
import { wipeTime } from '../../../shared/domain/termination.ts';
import { Refusal } from '../errors.ts';
import type { CommandContext, DataOf } from './command-context.ts';

/** Announces the end, or moves it. */
export function beginTermination(
  { store, viewer, now }: CommandContext,
  data: DataOf<'termination.begin'>,
): number | null {
  if (viewer.role !== 'owner') throw new Refusal('forbidden');
  const known = store.terminations.get(viewer.ws);
  const open = known !== null && known.cancelledAt === null;
  if (open && known.endsAt === data.endsAt) return null;
  const termination = {
    endsAt: Math.max(now, data.endsAt),
    wipeAt: null,
    announcedAt: now,
    announcedBy: viewer.userId,
    cancelledAt: null,
    cancelledBy: null,
  };
  const { timeZone } = store.rules.retention(viewer.ws);
  const wipeAt = wipeTime(termination, store.catalogue.policy(viewer.ws), timeZone);
  return store.terminations.save(viewer.ws, { ...termination, wipeAt }, now);
}

export function cancelTermination({ store, viewer, now }: CommandContext): number | null {
  if (viewer.role !== 'owner') throw new Refusal('forbidden');
  const known = store.terminations.get(viewer.ws);
  if (known === null || known.cancelledAt !== null) return null;
  return store.terminations.save(viewer.ws, { ...known, cancelledAt: now, cancelledBy: viewer.userId }, now);
}
