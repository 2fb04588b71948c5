import { expect, test } from 'vitest';
import { effectiveRetention, DeviceRetention, WorkspaceRetention } from '../domain/retention.ts';
import type { ReadyProfile } from '../domain/policy.ts';
import { PolicyProfile } from '../domain/policy.ts';
import { minimumAgeNote, promisesOf } from '../domain/policy-promises.ts';
import { isReadyProfile, READY_PROFILES } from './ready.ts';

const { onemsg, onemessage, onechat, unnamed, wasms, custom } = READY_PROFILES;
const all = Object.entries(READY_PROFILES);
const published = all.filter(([key]) => key !== 'custom');

test.each(all)('%s is a whole profile: nothing in it is left to a default', (key, profile) => {
  const inForce = { ...profile, version: 1, rev: 1, effectiveAt: 0 };
  expect(PolicyProfile.parse(inForce)).toEqual(inForce);
  expect(profile.id).toBe(key);
});

test.each(published)('X-4 every promised number of %s has the words that it comes from', (_key, profile) => {
  const numbers = promisesOf(profile).filter(({ unit }) => unit !== null);
  expect(numbers).toHaveLength(12);
  for (const { value, source } of numbers) {
    if (value === null) expect(source).not.toBe('');
    else expect(source).toMatch(new RegExp(`“.*\\b${value}\\b.*”`, 'u'));
  }
});

test('X-4 every right, also one that is absent, has its source', () => {
  for (const [, profile] of published) {
    for (const promise of promisesOf(profile).filter(({ field }) => field.startsWith('right.'))) {
      expect(promise.source).not.toBe('');
    }
  }
});

test('X-2 what a policy does not state is null in the data and a clock without days, not a long one', () => {
  const numbersOf = (profile: ReadyProfile) =>
    Object.fromEntries(
      promisesOf(profile)
        .filter(({ unit, value }) => unit !== null && value !== null)
        .map(({ field, value }) => [field, value]),
    );
  expect(numbersOf(onemsg)).toEqual({ backupDays: 60 });
  expect(numbersOf(onemessage)).toEqual({ minimumAge: 18 });
  expect(numbersOf(onechat)).toEqual({});
  expect(numbersOf(unnamed)).toEqual({ minimumAge: 18 });
  expect(numbersOf(wasms)).toEqual({
    messageLogDays: 90,
    terminationDays: 30,
    accountDataDays: 30,
    financeYears: 7,
    requestDays: 30,
    mailBusinessDays: 5,
    breachHours: 72,
    minimumAge: 16,
    noticeDays: 14,
  });
  expect(numbersOf(custom)).toEqual({});
});

test('X-3 the note on age is 18, 18 and 16 where stated, and none where not', () => {
  const ages = Object.fromEntries(all.map(([key, profile]) => [key, minimumAgeNote(profile)?.age ?? null]));
  expect(ages).toEqual({
    onemsg: null,
    onemessage: 18,
    onechat: null,
    unnamed: 18,
    wasms: 16,
    custom: null,
  });
});

test('R000-1 storage off keeps nothing here, and the profile names what the gateway keeps all the same', () => {
  const storage = effectiveRetention({
    policy: { ...onemsg, storage: 'off' },
    workspace: WorkspaceRetention.parse({}),
    device: DeviceRetention.parse({}),
  }).storage;
  expect(storage).toEqual({ value: 'off', decidedBy: 'gateway' });
  expect(onemsg.storageSwitch).toMatchObject({
    offered: true,
    exceptions: ['temporary_processing', 'technical_logs', 'backups', 'security', 'law'],
  });
  expect(all.filter(([, profile]) => profile.storageSwitch.offered).map(([key]) => key)).toEqual(['onemsg']);
});

test('R000-6, R002-5 the profiles that ask for a lawful source and a recorded opt-in say so', () => {
  const asking = all.filter(
    ([, { consentDemand }]) => consentDemand.lawfulSource && consentDemand.recordedOptIn,
  );
  expect(asking.map(([key]) => key)).toEqual(['onemsg', 'onechat']);
});

test('R000-7 the profile says that backups are the work of the customer', () => {
  expect(onemsg.customerBackups.source).toContain('Customers are responsible for maintaining backups');
});

test('R001-1 one gateway is unofficial, and one does not say: that is neither yes nor no', () => {
  expect(onemessage.transport.official).toBe(false);
  expect(wasms.transport.official).toBeNull();
  expect([onemsg, onechat, unnamed].every(({ transport }) => transport.official === true)).toBe(true);
});

test('R001-5 all six rights and withdrawal are available, without a deadline', () => {
  expect(Object.values(onemessage.rights)).toEqual(Array.from({ length: 7 }, () => 'gateway'));
  expect(onemessage.requestDays.value).toBeNull();
});

test('R002-1 only a profile that offers it may be anonymised instead of deleted', () => {
  expect(onechat.purgeModes.offered).toEqual(['delete', 'anonymise']);
  for (const profile of [onemsg, onemessage, unnamed, wasms])
    expect(profile.purgeModes.offered).toEqual(['delete']);
});

test('R002-2 the profile names the structured formats of a portability file', () => {
  expect(onechat.portability).toMatchObject({ formats: ['json', 'csv'] });
  expect(onechat.portability.source).toContain('machine-readable');
});

test('R004-6 one profile asks for TLS 1.3 and names AES-256', () => {
  expect(all.filter(([, { minimumTls }]) => minimumTls === '1.3').map(([key]) => key)).toEqual(['wasms']);
  expect(wasms.cipher.value).toBe('AES-256');
});

test('a name is one of the ready profiles or it is not', () => {
  expect(isReadyProfile('wasms')).toBe(true);
  expect(isReadyProfile('toString')).toBe(false);
});
