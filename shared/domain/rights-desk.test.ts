import { expect, test } from 'vitest';
import { READY_PROFILES } from '../policies/ready.ts';
import { ContactPoint } from './contact-point.ts';
import { PolicyProfile, RIGHTS } from './policy.ts';
import type { ReadyProfile } from './policy.ts';
import type { NewRightsRequest } from './rights-desk.ts';
import {
  clockOf,
  complaintText,
  isInEu,
  needsAttention,
  openRequest,
  routeOf,
  routesOf,
  stepsFor,
} from './rights-desk.ts';
import { holdRequest, RightsRequest } from './rights.ts';
import { DAY } from './time.ts';

const inForce = (profile: ReadyProfile) =>
  PolicyProfile.parse({ ...profile, version: 4, rev: 1, effectiveAt: 0 });
const onemsg = inForce(READY_PROFILES.onemsg);
const onemessage = inForce(READY_PROFILES.onemessage);
const onechat = inForce(READY_PROFILES.onechat);
const unnamed = inForce(READY_PROFILES.unnamed);
const wasms = inForce(READY_PROFILES.wasms);
const office = ContactPoint.parse({ name: 'Lumen & Oak', postal: '14 Kiln Yard, Bristol' });

const at = (iso: string) => Date.parse(iso);
const RECEIVED = at('2026-10-20T09:00:00+02:00');
const given = (change: Partial<NewRightsRequest> = {}): NewRightsRequest => ({
  id: 'r',
  kind: 'erase',
  contactId: 'p',
  way: 'message',
  eu: true,
  receivedAt: RECEIVED,
  recordedAt: RECEIVED + 1,
  recordedBy: 'u',
  timeZone: 'Europe/Berlin',
  ...change,
});

test('R000-4 every right is addressed to the contact of the customer, not to 1MSG', () => {
  for (const route of routesOf(onemsg, office)) {
    expect(route).toMatchObject({ addressee: { to: 'controller', point: office }, problem: null });
  }
});

test('R000-4 without an address of the customer the desk asks for one; it never falls back to the gateway', () => {
  const withOffice = { ...onemsg, gatewayContact: office };
  expect(routeOf(withOffice, 'erase')).toMatchObject({
    addressee: { to: 'controller', point: null },
    problem: 'missing',
  });
  const blank = ContactPoint.parse({ email: 'your-email@example.com' });
  expect(routeOf(onemsg, 'erase', blank).problem).toBe('placeholder');
  expect(routeOf({ ...onemsg, controllerContact: office }, 'erase').addressee).toEqual({
    to: 'controller',
    point: office,
  });
});

test('R001-5 all rights and withdrawal can be asked for, and the deadline is "not stated"', () => {
  for (const kind of RIGHTS) {
    const request = openRequest(given({ kind }), onemessage);
    expect(request.addressee.to).toBe('gateway');
    expect(request.dueAt).toBeNull();
    expect(clockOf(request, RECEIVED + 900 * DAY)).toMatchObject({ state: 'not_stated', daysLeft: null });
  }
});

test('R002-4 restriction is not promised: a local measure only, and the first thing said', () => {
  expect(routeOf(onechat, 'restrict')).toMatchObject({
    holder: 'not_promised',
    addressee: { to: 'local' },
    measure: 'local_only',
    source: '1chat privacy policy, restriction: “absent”',
  });
  const steps = stepsFor('restrict', 'not_promised');
  expect(steps).toContain('say_local_only');
  expect(steps).not.toContain('ask_gateway');
  expect(steps.indexOf('say_local_only')).toBeLessThan(steps.indexOf('restrict_local'));
});

test('R003-2 portability is no promise of the gateway; the company can still export what it holds', () => {
  expect(routeOf(unnamed, 'port')).toMatchObject({
    holder: 'not_promised',
    addressee: { to: 'local' },
    measure: 'local_export',
  });
  expect(stepsFor('port', 'not_promised')).toEqual([
    'confirm_identity',
    'say_local_only',
    'build_bundle',
    'hand_over',
    'write_receipt',
  ]);
});

test('the absent withdrawal of two profiles is a local measure', () => {
  for (const profile of [unnamed, wasms]) {
    expect(routeOf(profile, 'withdraw')).toMatchObject({ holder: 'not_promised', measure: 'local_only' });
  }
});

test.each(RIGHTS)('the steps of %s begin with who asks and end with the receipt', (right) => {
  for (const holder of ['gateway', 'controller', 'not_promised'] as const) {
    const steps = stepsFor(right, holder);
    expect(steps[0]).toBe('confirm_identity');
    expect(steps.at(-1)).toBe('write_receipt');
    expect(new Set(steps).size).toBe(steps.length);
  }
});

test('an erasure looks at legal holds first, tells the person while there is an address, and is verified', () => {
  expect(stepsFor('erase', 'gateway')).toEqual([
    'confirm_identity',
    'check_holds',
    'ask_gateway',
    'inform_person',
    'erase_local',
    'verify_erased',
    'write_receipt',
  ]);
});

test('R004-5 a request is due 30 calendar days after it was received, over a clock change at the same time of day', () => {
  const request = openRequest(given(), wasms);
  expect(request.dueAt).toBe(at('2026-11-19T09:00:00+01:00'));
  expect(openRequest(given({ timeZone: 'UTC' }), wasms).dueAt).toBe(RECEIVED + 30 * DAY);
});

test('R004-5 the clock starts when the request was received, not when it was written down', () => {
  const late = openRequest(given({ recordedAt: RECEIVED + 5 * DAY }), wasms);
  expect(late.dueAt).toBe(openRequest(given(), wasms).dueAt);
});

test('R004-5 a request is overdue after its due date, visibly', () => {
  const request = openRequest(given(), wasms);
  const due = request.dueAt ?? 0;
  expect(clockOf(request, due)).toMatchObject({ state: 'running', daysLeft: 0, pastDue: false });
  expect(needsAttention(request, due)).toBe(false);
  expect(clockOf(request, due + 1)).toMatchObject({ state: 'overdue', pastDue: true });
  expect(clockOf(request, due + 2 * DAY)).toMatchObject({ state: 'overdue', daysLeft: -2 });
  expect(needsAttention(request, due + 1)).toBe(true);
});

test('R004-5 a person in the EU gets the text on complaining to an authority; others, and other profiles, do not', () => {
  expect(complaintText(wasms, isInEu(['DE']))).toMatchObject({
    value: 'People in the EU may complain to their data protection authority.',
    source: 'WaSMS privacy policy, answer time: “DPA complaint (EU)”',
  });
  expect(complaintText(wasms, isInEu(['BR', 'US']))).toBeNull();
  expect(complaintText(onechat, true)).toBeNull();
});

test('R004-5 the EU is 27 states and the EEA three more; one country of a person is enough', () => {
  for (const country of ['DE', 'ie', 'HR', 'NO', 'IS', 'LI']) expect(isInEu([country])).toBe(true);
  for (const country of ['GB', 'CH', 'US', 'TR']) expect(isInEu([country])).toBe(false);
  expect(isInEu(['US', 'FR'])).toBe(true);
  expect(isInEu([])).toBe(false);
});

test('R003-4 a hold shows its review, does not stop the clock, and asks for attention when the review is due', () => {
  const request = openRequest(given(), wasms);
  const due = request.dueAt ?? 0;
  const held = holdRequest(request, {
    ground: 'legal',
    reason: 'claim 17 is open',
    reviewAt: due + DAY,
    by: 'u',
    at: RECEIVED + DAY,
  });
  if (!held.ok) throw new Error(held.problem);
  expect(clockOf(held.request, RECEIVED + 2 * DAY)).toMatchObject({ state: 'on_hold', pastDue: false });
  expect(clockOf(held.request, due + 1)).toMatchObject({ state: 'on_hold', pastDue: true });
  expect(needsAttention(held.request, due + 1)).toBe(false);
  expect(clockOf(held.request, due + DAY)).toMatchObject({ state: 'review_due', reviewAt: due + DAY });
  expect(needsAttention(held.request, due + DAY)).toBe(true);
});

test('X-2 the promise of the day of the request is written into it; a later version does not move its clock', () => {
  const request = openRequest(given(), wasms);
  expect(request.promise).toMatchObject({ policyId: 'wasms', policyVersion: 4, holder: 'gateway', days: 30 });
  expect(request.promise.daysSource).toContain('30 d');
});

test('a request that was opened fits its schema', () => {
  for (const profile of [onemsg, onemessage, onechat, unnamed, wasms]) {
    for (const kind of RIGHTS) {
      const request = openRequest(given({ kind, purpose: 'marketing', details: 'wrong name' }), profile);
      expect(RightsRequest.parse(request)).toEqual(request);
    }
  }
});
