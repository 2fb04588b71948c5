import { expect, test } from 'vitest';
import { READY_PROFILES } from '../policies/ready.ts';
import { PolicyProfile } from './policy.ts';
import { promisesOf, shownPromise } from './policy-promises.ts';

/** What a gateway of the first version of the wire sends. */
const oldest = () => {
  const days = { value: 30, source: 'section 2' };
  return {
    id: 'old',
    name: 'An older gateway',
    version: 3,
    effectiveAt: 1,
    storage: 'on',
    messageLogDays: days,
    messageContentDays: days,
    backupDays: days,
    terminationDays: days,
    requestDays: days,
    breachHours: days,
    minimumAge: days,
    noticeDays: days,
    minimumTls: '1.2',
    rights: {
      access: 'gateway',
      rectify: 'gateway',
      erase: 'gateway',
      port: 'gateway',
      restrict: 'gateway',
      object: 'gateway',
      withdraw: 'gateway',
    },
    rev: 1,
  };
};

test('the profile of an older gateway parses, and what it lacks is "not stated"', () => {
  const profile = PolicyProfile.parse(oldest());
  expect(profile.mediaDays).toEqual({ value: null, source: '' });
  expect(profile.transport.official).toBeNull();
  expect(profile.notice.rule).toBe('not_stated');
  expect(profile.purgeModes.offered).toEqual(['delete']);
  expect(profile.storageSwitch.offered).toBe(false);
  expect(profile.gatewayContact).toBeNull();
});

test('two parsed profiles share no default that one of them could change in the other', () => {
  const [one, other] = [PolicyProfile.parse(oldest()), PolicyProfile.parse(oldest())];
  one.purgeModes.offered.push('anonymise');
  expect(other.purgeModes.offered).toEqual(['delete']);
});

test('X-2 a number is a figure or it is not stated; nothing can be shown as unlimited', () => {
  expect(shownPromise({ value: 90, source: 'a' })).toEqual({ shown: 'figure', value: 90, source: 'a' });
  expect(shownPromise({ value: 0, source: 'a' })).toEqual({ shown: 'figure', value: 0, source: 'a' });
  expect(shownPromise({ value: null, source: 'a' })).toEqual({ shown: 'not_stated', source: 'a' });
});

test('X-2 a profile with an infinite or negative number is refused', () => {
  for (const value of [Number.POSITIVE_INFINITY, -1, Number.NaN]) {
    const broken = { ...oldest(), messageLogDays: { value, source: '' } };
    expect(PolicyProfile.safeParse(broken).success).toBe(false);
  }
});

test('X-4 the list of promises names each field once, with what is not stated among them', () => {
  const promises = promisesOf(READY_PROFILES.wasms);
  expect(new Set(promises.map(({ field }) => field)).size).toBe(promises.length);
  expect(promises.find(({ field }) => field === 'backupDays')).toMatchObject({ value: null, unit: 'days' });
  expect(promises.find(({ field }) => field === 'messageLogDays')).toMatchObject({
    value: 90,
    unit: 'days',
    configurable: true,
    source: 'WaSMS privacy policy, message retention: “logs 90 d default, configurable”',
  });
});
