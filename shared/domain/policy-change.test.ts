import { expect, test } from 'vitest';
import type { PolicyProfile, ReadyProfile } from './policy.ts';
import { READY_PROFILES } from '../policies/ready.ts';
import { policyChanges, policyNotice, profileArrival, profileInForce, showsNotice } from './policy-change.ts';
import { DAY } from './time.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const { wasms, onemessage, onemsg } = READY_PROFILES;

function version(of: ReadyProfile, number: number, change: Partial<PolicyProfile> = {}): PolicyProfile {
  return { ...structuredClone(of), version: number, rev: number, effectiveAt: 0, ...change };
}

test('a change names field, before and after, with the words of both', () => {
  const before = version(wasms, 1);
  const after = version(wasms, 2, {
    messageLogDays: { value: 60, source: 'logs 60 d' },
    rights: { ...wasms.rights, port: 'not_promised' },
  });
  expect(policyChanges(before, after)).toEqual([
    {
      field: 'messageLogDays',
      unit: 'days',
      before: { value: 90, source: wasms.messageLogDays.source },
      after: { value: 60, source: 'logs 60 d' },
      wordsOnly: false,
    },
    {
      field: 'right.port',
      unit: null,
      before: { value: 'gateway', source: wasms.rightSources.port },
      after: { value: 'not_promised', source: wasms.rightSources.port },
      wordsOnly: false,
    },
  ]);
});

test('X-2 a number that is no longer stated is a change to null, not to nothing', () => {
  const after = version(wasms, 2, { messageLogDays: { value: null, source: 'as necessary' } });
  expect(policyChanges(version(wasms, 1), after)).toMatchObject([
    { field: 'messageLogDays', before: { value: 90 }, after: { value: null }, wordsOnly: false },
  ]);
});

test('other words for the same number are shown as such', () => {
  const after = version(wasms, 2, { breachHours: { value: 72, source: 'three days' } });
  expect(policyChanges(version(wasms, 1), after)).toMatchObject([{ field: 'breachHours', wordsOnly: true }]);
});

test('two versions that promise the same need no notice', () => {
  expect(policyNotice(version(wasms, 1), version(wasms, 2), NOW, 'UTC')).toBeNull();
});

const shorter = { messageLogDays: { value: 60, source: 'logs 60 d' } };

test('R004-8 a change is told at least 14 days before it counts, by what the version before promised', () => {
  const inTime = version(wasms, 2, { ...shorter, announcedAt: NOW, effectiveAt: NOW + 14 * DAY });
  expect(policyNotice(version(wasms, 1), inTime, NOW, 'UTC')).toMatchObject({
    state: 'ahead',
    promisedDays: 14,
    givenDays: 14,
    daysLeft: 14,
    late: false,
    effectiveAt: NOW + 14 * DAY,
  });
});

test('R004-8 a change with less notice is called late, also when its announcement is not dated', () => {
  const short = version(wasms, 2, { ...shorter, announcedAt: NOW, effectiveAt: NOW + 13 * DAY });
  expect(policyNotice(version(wasms, 1), short, NOW, 'UTC')).toMatchObject({ givenDays: 13, late: true });
  const undated = version(wasms, 2, { ...shorter, effectiveAt: NOW });
  expect(policyNotice(version(wasms, 1), undated, NOW, 'UTC')).toMatchObject({ givenDays: null, late: true });
});

test('R004-8 a new version cannot shorten the notice of its own coming', () => {
  const after = version(wasms, 2, {
    noticeDays: { value: 1, source: '1 d' },
    announcedAt: NOW,
    effectiveAt: NOW + DAY,
  });
  expect(policyNotice(version(wasms, 1), after, NOW, 'UTC')).toMatchObject({ promisedDays: 14, late: true });
});

test('R001-4 a change is shown before its effective date, again when it counts, and "last updated" is kept', () => {
  const after = version(onemessage, 2, {
    minimumAge: { value: 16, source: '16' },
    announcedAt: NOW - DAY,
    effectiveAt: NOW + 3 * DAY,
    documentUpdatedAt: NOW - 2 * DAY,
  });
  const ahead = policyNotice(version(onemessage, 1), after, NOW, 'UTC');
  const inForce = policyNotice(version(onemessage, 1), after, NOW + 3 * DAY, 'UTC');
  expect(ahead).toMatchObject({ state: 'ahead', late: false, documentUpdatedAt: NOW - 2 * DAY, daysLeft: 3 });
  expect(inForce).toMatchObject({ state: 'in_force', daysLeft: 0 });
  if (ahead === null || inForce === null) throw new Error('unreachable');
  expect(showsNotice(ahead, null)).toBe(true);
  expect(showsNotice(ahead, { version: 1, state: 'in_force' })).toBe(true);
  expect(showsNotice(ahead, { version: 2, state: 'ahead' })).toBe(false);
  expect(showsNotice(inForce, { version: 2, state: 'ahead' })).toBe(true);
  expect(showsNotice(inForce, { version: 2, state: 'in_force' })).toBe(false);
});

test('R001-4 a change that was promised to be told before it counts, and was not, is late', () => {
  const after = version(onemessage, 2, { ...shorter, announcedAt: NOW, effectiveAt: NOW });
  expect(policyNotice(version(onemessage, 1), after, NOW, 'UTC')?.late).toBe(true);
});

test('a policy that takes effect by continued use promises no notice, so none is late', () => {
  const after = version(onemsg, 2, { ...shorter, effectiveAt: NOW });
  expect(policyNotice(version(onemsg, 1), after, NOW, 'UTC')).toMatchObject({
    rule: 'continued_use',
    promisedDays: null,
    late: false,
  });
});

test('R001-4 an announced version counts only from its effective date', () => {
  const versions = [version(wasms, 2, { effectiveAt: NOW + DAY }), version(wasms, 1)];
  expect(profileInForce(versions, NOW)?.version).toBe(1);
  expect(profileInForce(versions, NOW + DAY)?.version).toBe(2);
  expect(profileInForce([version(wasms, 2, { effectiveAt: NOW + DAY })], NOW)?.version).toBe(2);
  expect(profileInForce([], NOW)).toBeNull();
});

test('X-2 a lower version never replaces a higher one, and the same version never changes its content', () => {
  const known = version(wasms, 2);
  expect(profileArrival(null, known)).toBe('first');
  expect(profileArrival(known, version(wasms, 3))).toBe('newer');
  expect(profileArrival(known, version(wasms, 1))).toBe('older');
  expect(profileArrival(known, version(wasms, 2))).toBe('same');
  expect(profileArrival(known, version(wasms, 2, shorter))).toBe('altered');
  expect(profileArrival(known, version(wasms, 2, { effectiveAt: 9 }))).toBe('altered');
});
