/** The policy of a workspace that was given none: the reference gateway makes the promises of one of the ready profiles. */
import type { PolicyProfile, ReadyProfile } from '../../shared/domain/policy.ts';
import { DAY } from '../../shared/domain/time.ts';
import { ONEMSG } from '../../shared/policies/onemsg.ts';

/** A ready profile as a gateway puts it into force. */
export function inForceFrom(
  profile: ReadyProfile,
  effectiveAt: number,
): Omit<PolicyProfile, 'version' | 'rev' | 'signature'> {
  return { ...profile, effectiveAt };
}

// 1 January 2026, 00:00 UTC.
export const DEFAULT_POLICY = inForceFrom(ONEMSG, 20_454 * DAY);
