/** The rights desk: from the gateway's profile to the addressee, the steps and the clock of a request. */
import { addCalendarDays, calendarDaysBetween } from './calendar.ts';
import type { ContactPoint, ContactPointProblem } from './contact-point.ts';
import { usableContactPoint } from './contact-point.ts';
import type { Id } from './id.ts';
import type { PolicyProfile, Right, RightHolder, StatedText } from './policy.ts';
import { RIGHTS } from './policy.ts';
import type { Addressee, RightsRequest, RightsStepId, RightsWay } from './rights.ts';

/**
 * Whom a request goes to. `problem`: why no letter can be written; the gateway can then still be asked over the connection, and
 * the owner is told to enter the controller's address. `measure` of what nobody promised: what this workspace does by itself.
 */
export type RightsRoute = {
  right: Right;
  holder: RightHolder;
  addressee: Addressee;
  problem: ContactPointProblem | null;
  measure: 'promised' | 'local_only' | 'local_export';
  source: string;
};

/**
 * @param controller the company's own office as its owner entered it; it counts before the one in the profile.
 */
export function routeOf(
  profile: Pick<PolicyProfile, 'rights' | 'rightSources' | 'gatewayContact' | 'controllerContact'>,
  right: Right,
  controller: ContactPoint | null = null,
): RightsRoute {
  const holder = profile.rights[right];
  const source = profile.rightSources[right] ?? '';
  if (holder === 'not_promised') {
    // Whoever holds a copy can still hand it out: the company exports to itself, without the gateway's promise.
    const measure = right === 'port' ? 'local_export' : 'local_only';
    return { right, holder, addressee: { to: 'local' }, problem: null, measure, source };
  }
  const published = holder === 'gateway' ? profile.gatewayContact : (controller ?? profile.controllerContact);
  const usable = usableContactPoint(published);
  return {
    right,
    holder,
    addressee: { to: holder, point: usable.ok ? usable.point : null },
    problem: usable.ok ? null : usable.problem,
    measure: 'promised',
    source,
  };
}

/** All rights with their routes, for the desk's overview. */
export function routesOf(profile: PolicyProfile, controller: ContactPoint | null = null): RightsRoute[] {
  return RIGHTS.map((right) => routeOf(profile, right, controller));
}

const ASKING: Record<RightHolder, RightsStepId> = {
  gateway: 'ask_gateway',
  controller: 'forward_to_controller',
  not_promised: 'say_local_only',
};

const LOCAL: Record<Right, readonly RightsStepId[]> = {
  access: ['build_bundle', 'hand_over'],
  port: ['build_bundle', 'hand_over'],
  rectify: ['correct_record', 'inform_person'],
  // Who is told goes first: afterwards there is no address left.
  erase: ['inform_person', 'erase_local', 'verify_erased'],
  restrict: ['restrict_local', 'inform_person'],
  object: ['stop_purpose', 'inform_person'],
  withdraw: ['record_withdrawal', 'stop_purpose', 'inform_person'],
};

/** What there is to do for a right, in order. */
export function stepsFor(right: Right, holder: RightHolder): RightsStepId[] {
  return [
    'confirm_identity',
    ...(right === 'erase' ? (['check_holds'] as const) : []),
    ASKING[holder],
    ...LOCAL[right],
    'write_receipt',
  ];
}

/** Received + the profile's calendar days, at the same time of day; null: the profile states none. */
export function dueAt(
  profile: Pick<PolicyProfile, 'requestDays'>,
  receivedAt: number,
  timeZone: string,
): number | null {
  const days = profile.requestDays.value;
  return days === null ? null : addCalendarDays(receivedAt, Math.floor(days), timeZone, 'earlier');
}

export type NewRightsRequest = {
  id: Id;
  kind: Right;
  contactId: Id;
  way: RightsWay;
  purpose?: RightsRequest['purpose'];
  details?: string | null;
  eu: boolean;
  receivedAt: number;
  recordedAt: number;
  recordedBy: Id;
  timeZone: string;
};

/** A request as it starts: the profile's promise is written into it. */
export function openRequest(
  given: NewRightsRequest,
  profile: PolicyProfile,
  controller: ContactPoint | null = null,
): RightsRequest {
  const { timeZone, purpose = null, details = null, ...rest } = given;
  const route = routeOf(profile, given.kind, controller);
  return {
    ...rest,
    purpose,
    details,
    promise: {
      policyId: profile.id,
      policyVersion: profile.version,
      holder: route.holder,
      holderSource: route.source,
      days: profile.requestDays.value,
      daysSource: profile.requestDays.source,
      timeZone,
    },
    addressee: route.addressee,
    dueAt: dueAt(profile, given.receivedAt, timeZone),
    state: 'open',
    hold: null,
    refusal: null,
    steps: stepsFor(given.kind, route.holder).map((id) => ({
      id,
      state: 'open',
      at: null,
      by: null,
      note: null,
    })),
    closedAt: null,
    receipt: null,
    rev: 0,
  };
}

/**
 * The clock of a request. A hold does not stop it: `pastDue` says that the due date is over while the request rests.
 * `review_due`: the day has come on which somebody has to look at the hold again.
 */
export type RightsClock = {
  state: 'not_stated' | 'running' | 'overdue' | 'on_hold' | 'review_due' | 'closed';
  dueAt: number | null;
  /** Dates until it is due, negative after it; null when there is no due date or the request is closed. */
  daysLeft: number | null;
  pastDue: boolean;
  reviewAt: number | null;
};

export function clockOf(request: RightsRequest, now: number): RightsClock {
  const due = request.dueAt;
  if (request.state === 'done' || request.state === 'refused') {
    const pastDue = due !== null && request.closedAt !== null && request.closedAt > due;
    return { state: 'closed', dueAt: due, daysLeft: null, pastDue, reviewAt: null };
  }
  const pastDue = due !== null && now > due;
  const daysLeft = due === null ? null : calendarDaysBetween(now, due, request.promise.timeZone);
  const reviewAt = request.hold?.reviewAt ?? null;
  const clock = { dueAt: due, daysLeft, pastDue, reviewAt };
  if (reviewAt !== null) return { ...clock, state: reviewAt <= now ? 'review_due' : 'on_hold' };
  if (due === null) return { ...clock, state: 'not_stated' };
  return { ...clock, state: pastDue ? 'overdue' : 'running' };
}

/** Whether a request asks for attention now: it is overdue, or its hold is to be looked at again. */
export function needsAttention(request: RightsRequest, now: number): boolean {
  const { state } = clockOf(request, now);
  return state === 'overdue' || state === 'review_due';
}

// The 27 members of the EU and the three other states of the EEA, where the GDPR counts (EEA Joint Committee, decision 154/2018).
const EEA = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(' '),
);

/** Whether one of a person's countries (ISO 3166-1 alpha-2: of numbers, of the address) lies in the EU or EEA. */
export function isInEu(countries: readonly string[]): boolean {
  return countries.some((country) => EEA.has(country.toUpperCase()));
}

/** The text on complaining to an authority that goes into the answer; null: the person is elsewhere, or the profile has none. */
export function complaintText(profile: Pick<PolicyProfile, 'dpaComplaint'>, eu: boolean): StatedText | null {
  return eu && profile.dpaComplaint.value !== null ? profile.dpaComplaint : null;
}
