import { expect, test } from 'vitest';
import { READY_PROFILES } from '../policies/ready.ts';
import { believed, strictest } from './policy-trust.ts';
import type { JudgedProfile, SignatureState } from './policy-trust.ts';
import type { PolicyProfile } from './policy.ts';

const NOW = 1_000;
const { wasms } = READY_PROFILES;
const days = (value: number | null) => ({ value, source: `${value}` });

function version(number: number, log: number | null, change: Partial<PolicyProfile> = {}): PolicyProfile {
  return { ...wasms, version: number, rev: number, effectiveAt: 0, messageLogDays: days(log), ...change };
}
function told(profile: PolicyProfile, signature: SignatureState = 'signed'): JudgedProfile {
  return { profile, signature };
}
const logOf = (judged: JudgedProfile[]) => believed(judged, NOW).policy?.messageLogDays.value;

test('X-2 a signed version takes the place of the one before, in both directions', () => {
  expect(logOf([told(version(1, 90)), told(version(2, 365))])).toBe(365);
  expect(believed([told(version(1, 90)), told(version(2, 30))], NOW)).toMatchObject({
    policy: { version: 2, messageLogDays: { value: 30 } },
    doubt: null,
  });
});

test.each(['unsigned', 'invalid', 'other_key'] as const)(
  'X-2 a version that is %s can only be stricter, and is named',
  (signature) => {
    const first = told(version(1, 90));
    const looser = believed([first, told(version(2, 3_650), signature)], NOW);
    expect(looser.policy?.messageLogDays.value).toBe(90);
    expect(looser.doubt).toEqual({ version: 2, signature });
    expect(logOf([first, told(version(2, null), signature)])).toBe(90);
    expect(logOf([first, told(version(2, 30), signature)])).toBe(30);
    expect(believed([first, told(version(2, 90, { storage: 'off' }), signature)], NOW).policy?.storage).toBe(
      'off',
    );
    // A signed version later ends the doubt.
    expect(believed([first, told(version(2, 30), signature), told(version(3, 60))], NOW)).toMatchObject({
      policy: { version: 3, messageLogDays: { value: 60 } },
      doubt: null,
    });
  },
);

test('X-2 a gateway that never signs is held to the strictest that it ever told', () => {
  const all = [told(version(1, 90), 'unsigned'), told(version(2, 365), 'unsigned')];
  expect(believed(all, NOW)).toMatchObject({
    policy: { messageLogDays: { value: 90 } },
    doubt: { version: 2, signature: 'unsigned' },
  });
  expect(believed([], NOW)).toEqual({ policy: null, doubt: null });
});

test('X-2 an unsigned version that is announced for later is doubted now and counts then', () => {
  const all = [told(version(1, 90)), told(version(2, 30, { effectiveAt: NOW + 1 }), 'unsigned')];
  expect(believed(all, NOW)).toMatchObject({
    policy: { messageLogDays: { value: 90 } },
    doubt: { version: 2 },
  });
  expect(believed(all, NOW + 1).policy?.messageLogDays.value).toBe(30);
});

test('the strictest of two: shorter clocks, a higher age, storage off, the higher TLS, both demands', () => {
  const base = version(1, null, { purgeModes: { offered: ['delete', 'anonymise'], source: '' } });
  const both = strictest(
    { ...base, minimumTls: '1.2', minimumAge: days(16), breachHours: days(72) },
    version(2, 10, {
      minimumTls: '1.3',
      minimumAge: days(18),
      breachHours: days(24),
      purgeModes: { offered: ['delete'], source: '' },
      consentDemand: { lawfulSource: true, recordedOptIn: false, source: '' },
    }),
  );
  expect(both).toMatchObject({
    version: 1,
    minimumTls: '1.3',
    minimumAge: { value: 18 },
    breachHours: { value: 24 },
    messageLogDays: { value: 10 },
    purgeModes: { offered: ['delete'] },
    consentDemand: { lawfulSource: true },
  });
});
