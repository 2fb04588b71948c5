/**
 * Which profile counts when not every version is known to come from the gateway. A version that is signed with the key that this device
 * remembers is believed. What is not may only make things stricter, until a believed version takes its place: whoever gets between can
 * shorten how long things are kept, never lengthen it.
 */
import { profileInForce } from './policy-change.ts';
import type { PolicyProfile, Promised } from './policy.ts';

/** `other_key`: a good signature, but of a key that is not the remembered one. `invalid`: it is not about this profile, or none at all. */
export type SignatureState = 'signed' | 'unsigned' | 'invalid' | 'other_key';

export type JudgedProfile = { profile: PolicyProfile; signature: SignatureState };

/** A version that is not believed, and what is the matter with it. */
export type PolicyDoubt = { version: number; signature: Exclude<SignatureState, 'signed'> };

/**
 * @param judged every version that was told, in the order in which they were told.
 * @returns `policy` null: there is none. `doubt` null: all that counts is believed.
 */
export function believed(
  judged: readonly JudgedProfile[],
  now: number,
): { policy: PolicyProfile | null; doubt: PolicyDoubt | null } {
  const signed = firstTold(judged.filter(({ signature }) => signature === 'signed'));
  const base = profileInForce(signed, now);
  const since = base !== null && base.effectiveAt <= now ? base.version : 0;
  const told = judged.flatMap(({ profile, signature }) =>
    signature !== 'signed' && profile.version >= since ? [{ profile, signature }] : [],
  );
  // A repetition of what was signed, from before it was, says nothing else.
  const doubtful = told.filter(
    ({ profile }) => !signed.some((each) => each.version === profile.version && each.rev === profile.rev),
  );
  const worst = doubtful.at(-1);
  const doubt = worst === undefined ? null : { version: worst.profile.version, signature: worst.signature };
  const start = base ?? profileInForce(firstTold(doubtful.map(({ profile }) => ({ profile }))), now);
  if (start === null) return { policy: null, doubt };
  const inForce = doubtful.filter(({ profile }) => profile.effectiveAt <= now);
  return { policy: inForce.reduce((policy, { profile }) => strictest(policy, profile), start), doubt };
}

/** Of the same version only what was told first counts. */
function firstTold(judged: readonly { profile: PolicyProfile }[]): PolicyProfile[] {
  const first = new Map<number, PolicyProfile>();
  for (const { profile } of judged) if (!first.has(profile.version)) first.set(profile.version, profile);
  return [...first.values()];
}

/** The promises of `base`, each replaced by that of `other` where it asks for more. What is not stated asks for nothing. */
export function strictest(base: PolicyProfile, other: PolicyProfile): PolicyProfile {
  const both = base.purgeModes.offered.filter((mode) => other.purgeModes.offered.includes(mode));
  return {
    ...base,
    storage: other.storage === 'off' ? 'off' : base.storage,
    messageLogDays: shorter(base.messageLogDays, other.messageLogDays),
    messageContentDays: shorter(base.messageContentDays, other.messageContentDays),
    mediaDays: shorter(base.mediaDays, other.mediaDays),
    terminationDays: shorter(base.terminationDays, other.terminationDays),
    requestDays: shorter(base.requestDays, other.requestDays),
    mailBusinessDays: shorter(base.mailBusinessDays, other.mailBusinessDays),
    breachHours: shorter(base.breachHours, other.breachHours),
    minimumAge: higher(base.minimumAge, other.minimumAge),
    purgeModes:
      both.length === 0 ? { ...base.purgeModes, offered: ['delete'] } : { ...base.purgeModes, offered: both },
    minimumTls: other.minimumTls === '1.3' ? '1.3' : base.minimumTls,
    consentDemand: {
      ...base.consentDemand,
      lawfulSource: base.consentDemand.lawfulSource || other.consentDemand.lawfulSource,
      recordedOptIn: base.consentDemand.recordedOptIn || other.consentDemand.recordedOptIn,
    },
  };
}

function shorter(base: Promised, other: Promised): Promised {
  return other.value !== null && (base.value === null || other.value < base.value) ? other : base;
}

function higher(base: Promised, other: Promised): Promised {
  return other.value !== null && (base.value === null || other.value > base.value) ? other : base;
}
