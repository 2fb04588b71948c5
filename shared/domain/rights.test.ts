import { expect, test } from 'vitest';
import { READY_PROFILES } from '../policies/ready.ts';
import { backupsUntil } from './policy-clocks.ts';
import type { ReadyProfile, Right } from './policy.ts';
import { PolicyProfile } from './policy.ts';
import { clockOf, openRequest } from './rights-desk.ts';
import { RightsCounts, RightsReceipt } from './rights-receipt.ts';
import type { RightsResult } from './rights.ts';
import {
  completeRequest,
  holdRequest,
  markStep,
  nextStep,
  refuseRequest,
  resumeRequest,
  RightsHold,
  RightsRequest,
} from './rights.ts';
import { DAY } from './time.ts';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const open = (kind: Right = 'erase', profile: ReadyProfile = READY_PROFILES.onemsg) =>
  openRequest(
    {
      id: 'r',
      kind,
      contactId: 'p',
      way: 'mail',
      details: 'Anna Krüger asked by letter',
      eu: true,
      receivedAt: NOW,
      recordedAt: NOW,
      recordedBy: 'u',
      timeZone: 'UTC',
    },
    PolicyProfile.parse({ ...profile, version: 1, rev: 1, effectiveAt: 0 }),
  );
const hold = {
  ground: 'operational' as const,
  reason: 'the case is open',
  reviewAt: NOW + DAY,
  by: 'u',
  at: NOW,
};

const got = (result: RightsResult): RightsRequest => {
  if (!result.ok) throw new Error(result.problem);
  return result.request;
};

const worked = (request: RightsRequest) =>
  request.steps
    .filter(({ id }) => id !== 'write_receipt')
    .reduce(
      (now, { id }) => got(markStep(now, { id, state: 'done', at: NOW, by: 'u', note: null })),
      request,
    );

const receiptOf = (request: RightsRequest): RightsReceipt => ({
  id: 'q',
  requestId: request.id,
  kind: request.kind,
  contactId: request.contactId,
  policyId: request.promise.policyId,
  policyVersion: request.promise.policyVersion,
  at: NOW + DAY,
  by: 'u',
  counts: RightsCounts.parse({ messages: 12, conversations: 1, files: 2, bytes: 4_096 }),
  asked: { who: 'controller', at: NOW, answer: 'pending' },
  backups: backupsUntil(READY_PROFILES.onemsg, NOW + DAY, 'UTC'),
  bundleSha256: null,
  scan: { files: 40, bytes: 9_000, found: 0 },
});

test('R003-4 a request is put aside only with a reason and a review that lies ahead', () => {
  expect(holdRequest(open(), { ...hold, reason: '  ' })).toEqual({ ok: false, problem: 'no_reason' });
  expect(holdRequest(open(), { ...hold, reviewAt: NOW })).toEqual({ ok: false, problem: 'review_in_past' });
  expect(RightsHold.safeParse({ ...hold, reason: ' ' }).success).toBe(false);
  expect(RightsHold.safeParse({ ...hold, reviewAt: NOW }).success).toBe(false);
  expect(got(holdRequest(open(), hold))).toMatchObject({ state: 'on_hold', hold });
});

test('R003-4 a hold can be renewed with another reason and ended', () => {
  const held = got(holdRequest(open(), hold));
  const renewed = got(
    holdRequest(held, { ...hold, reason: 'still open', at: NOW + 2, reviewAt: NOW + 9 * DAY }),
  );
  expect(renewed.hold?.reason).toBe('still open');
  expect(got(resumeRequest(renewed))).toMatchObject({ state: 'open', hold: null });
  expect(resumeRequest(open())).toEqual({ ok: false, problem: 'not_on_hold' });
});

test('a refusal needs its reason and closes the request', () => {
  expect(refuseRequest(open(), { reason: '', by: 'u', at: NOW })).toEqual({
    ok: false,
    problem: 'no_reason',
  });
  const refused = got(refuseRequest(open(), { reason: 'not the person', by: 'u', at: NOW + 5 }));
  expect(refused).toMatchObject({ state: 'refused', closedAt: NOW + 5 });
  expect(holdRequest(refused, hold)).toEqual({ ok: false, problem: 'closed' });
  expect(resumeRequest(refused)).toEqual({ ok: false, problem: 'closed' });
});

test('steps are worked through in order; one that failed is still to be done', () => {
  const request = open();
  expect(nextStep(request)?.id).toBe('confirm_identity');
  const step = { id: 'confirm_identity' as const, at: NOW, by: 'u', note: null };
  const failed = got(markStep(request, { ...step, state: 'failed', note: 'no answer yet' }));
  expect(nextStep(failed)).toMatchObject({ id: 'confirm_identity', note: 'no answer yet' });
  expect(nextStep(got(markStep(failed, { ...step, state: 'done' })))?.id).toBe('check_holds');
  expect(markStep(request, { ...step, id: 'build_bundle', state: 'done' })).toEqual({
    ok: false,
    problem: 'no_such_step',
  });
});

test('a request is not done while a step is open', () => {
  const request = open();
  expect(completeRequest(request, receiptOf(request))).toEqual({ ok: false, problem: 'steps_open' });
  expect(nextStep(worked(request))?.id).toBe('write_receipt');
});

test('R000-3 the receipt of an erasure records the day until which backups may hold it, and no word of the person stays', () => {
  const request = worked(open());
  const done = got(completeRequest(request, receiptOf(request)));
  expect(done).toMatchObject({ state: 'done', closedAt: NOW + DAY, details: null });
  expect(done.receipt?.backups).toMatchObject({ stated: true, at: NOW + 61 * DAY, days: 60 });
  expect(JSON.stringify(done)).not.toContain('Anna');
  expect(nextStep(done)).toBeNull();
  expect(RightsRequest.parse(done)).toEqual(done);
});

test('what the person wrote for another right stays with the request', () => {
  const request = worked(open('rectify'));
  const done = got(completeRequest(request, { ...receiptOf(request), backups: null, scan: null }));
  expect(done.details).toContain('Anna');
});

test('a closed request cannot be closed again, and shows whether it was late', () => {
  const request = worked(open('access', READY_PROFILES.wasms));
  const late = { ...receiptOf(request), at: NOW + 31 * DAY };
  const done = got(completeRequest(request, late));
  expect(clockOf(done, NOW + 40 * DAY)).toMatchObject({ state: 'closed', pastDue: true, daysLeft: null });
  expect(completeRequest(done, late)).toEqual({ ok: false, problem: 'closed' });
});

test('a receipt names its bundle by SHA-256 and nothing else', () => {
  const receipt = receiptOf(open('port'));
  const digest = 'ab'.repeat(32);
  expect(RightsReceipt.safeParse({ ...receipt, bundleSha256: digest }).success).toBe(true);
  for (const wrong of ['', 'AB'.repeat(32), digest.slice(1), '/home/anna/bundle.zip']) {
    expect(RightsReceipt.safeParse({ ...receipt, bundleSha256: wrong }).success).toBe(false);
  }
});
