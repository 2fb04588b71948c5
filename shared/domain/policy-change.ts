/** A gateway's profile changes: which version counts, what is different, since when, and whether we were told in time. */
import { calendarDaysBetween } from './calendar.ts';
import type { PolicyProfile } from './policy.ts';
import type { PolicyPromise, PromiseField, PromiseUnit } from './policy-promises.ts';
import { promisesOf } from './policy-promises.ts';

/** `altered`: the same version number with another content, which a gateway must never send. */
export type ProfileArrival = 'first' | 'newer' | 'same' | 'older' | 'altered';

/** Whether an arriving profile takes the place of the one known. Only `first` and `newer` do; `older` and `altered` are recorded. */
export function profileArrival(known: PolicyProfile | null, arriving: PolicyProfile): ProfileArrival {
  if (known === null) return 'first';
  if (arriving.version !== known.version) return arriving.version > known.version ? 'newer' : 'older';
  return promiseText(known) === promiseText(arriving) && known.effectiveAt === arriving.effectiveAt
    ? 'same'
    : 'altered';
}

const promiseText = (profile: PolicyProfile) => JSON.stringify(promisesOf(profile));

/**
 * The version that counts at `now`: the highest that has come into force. A version that is announced for later counts from then
 * on. Null: there is none at all; when all lie ahead, the lowest counts, because some promise must hold.
 */
export function profileInForce(versions: readonly PolicyProfile[], now: number): PolicyProfile | null {
  const sorted = versions.toSorted((a, b) => a.version - b.version);
  return sorted.findLast(({ effectiveAt }) => effectiveAt <= now) ?? sorted[0] ?? null;
}

/** What one promise was and is. `wordsOnly`: the value is the same, only the words of the policy are others. */
export type PolicyChange = {
  field: PromiseField;
  unit: PromiseUnit | null;
  before: { value: PolicyPromise['value']; source: string };
  after: { value: PolicyPromise['value']; source: string };
  wordsOnly: boolean;
};

/** The promises that differ, in the order in which the page lists them. */
export function policyChanges(before: PolicyProfile, after: PolicyProfile): PolicyChange[] {
  const old = new Map(promisesOf(before).map((promise) => [promise.field, promise]));
  return promisesOf(after).flatMap(({ field, unit, value, source, configurable }) => {
    const was = old.get(field);
    if (was === undefined) return [];
    const sameValue =
      JSON.stringify(was.value) === JSON.stringify(value) && was.configurable === configurable;
    if (sameValue && was.source === source) return [];
    return [
      {
        field,
        unit,
        before: { value: was.value, source: was.source },
        after: { value, source },
        wordsOnly: sameValue,
      },
    ];
  });
}

/** How a change is told. */
export type PolicyNotice = {
  fromVersion: number;
  toVersion: number;
  /** `ahead`: announced, not yet in force. */
  state: 'ahead' | 'in_force';
  /** Since when, or from when, it counts. */
  effectiveAt: number;
  announcedAt: number | null;
  documentUpdatedAt: number | null;
  /** Dates until it counts; 0 once it does. */
  daysLeft: number;
  /** What the version before promised: the days of notice, null when it stated none, and its words. */
  promisedDays: number | null;
  rule: PolicyProfile['notice']['rule'];
  source: string;
  /** Dates between the announcement and the effect; null: it was not said when it was announced. */
  givenDays: number | null;
  /** The version before promised a notice, and this one came later than that. */
  late: boolean;
  changes: PolicyChange[];
};

/** @returns null when nothing that is promised differs, so that there is nothing to show. */
export function policyNotice(
  before: PolicyProfile,
  after: PolicyProfile,
  now: number,
  timeZone: string,
): PolicyNotice | null {
  const changes = policyChanges(before, after);
  if (changes.length === 0) return null;
  const { effectiveAt, announcedAt } = after;
  const promisedDays = before.noticeDays.value;
  const { rule } = before.notice;
  const givenDays = announcedAt === null ? null : calendarDaysBetween(announcedAt, effectiveAt, timeZone);
  return {
    fromVersion: before.version,
    toVersion: after.version,
    state: effectiveAt > now ? 'ahead' : 'in_force',
    effectiveAt,
    announcedAt,
    documentUpdatedAt: after.documentUpdatedAt,
    daysLeft: effectiveAt > now ? calendarDaysBetween(now, effectiveAt, timeZone) : 0,
    promisedDays,
    rule,
    source: before.noticeDays.source || before.notice.source,
    givenDays,
    late: isLate({ promisedDays, rule, givenDays, announcedAt, effectiveAt }),
    changes,
  };
}

/** A change that does not say when it was announced counts as announced with its effect. */
function isLate(notice: {
  promisedDays: number | null;
  rule: PolicyProfile['notice']['rule'];
  givenDays: number | null;
  announcedAt: number | null;
  effectiveAt: number;
}): boolean {
  if (notice.promisedDays !== null) return (notice.givenDays ?? 0) < notice.promisedDays;
  return notice.rule === 'before_effect' && (notice.announcedAt ?? notice.effectiveAt) >= notice.effectiveAt;
}

/** Whether the banner is shown: until this user has read this version, and again when it comes into force. */
export function showsNotice(
  notice: PolicyNotice,
  read: { version: number; state: PolicyNotice['state'] } | null,
): boolean {
  if (read === null || read.version < notice.toVersion) return true;
  return read.version === notice.toVersion && read.state === 'ahead' && notice.state === 'in_force';
}
