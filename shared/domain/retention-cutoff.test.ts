import fc from 'fast-check';
import { expect, test } from 'vitest';
import { READY_PROFILES } from '../policies/ready.ts';
import { LegalHold } from './legal-hold.ts';
import { DeviceRetention, effectiveRetention, WorkspaceRetention } from './retention.ts';
import { cutoffAt, cutoffOf, expiresAt, fateOf, purgeTime } from './retention-cutoff.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

const at = (iso: string) => Date.parse(iso);
const NOW = at('2026-11-20T12:00:00Z');
const retention = (timeZone = 'UTC') =>
  effectiveRetention({
    policy: READY_PROFILES.wasms,
    workspace: WorkspaceRetention.parse({ timeZone, days: { notes: 30 } }),
    device: DeviceRetention.parse({}),
  });
const message = (age: number) => ({
  class: 'log' as const,
  at: NOW - age,
  conversationId: 'c',
  contactId: 'p',
});
const hold = (scope: LegalHold['scope'], released = false) =>
  LegalHold.parse({
    id: 'h',
    scope,
    reason: 'case 17',
    by: 'u',
    at: 1,
    reviewAt: 2,
    releasedAt: released ? 3 : null,
  });

test('R004-1 on day 90 a message is still there, a moment later it goes', () => {
  expect(fateOf(message(90 * DAY), retention(), [], NOW)).toEqual({ fate: 'keep' });
  expect(fateOf(message(90 * DAY + 1), retention(), [], NOW)).toEqual({ fate: 'purge' });
});

test('R004-1 over the start of summer time a message goes with the wall clock, an hour before 90 times 24', () => {
  // 90 dates with a day of 23 hours among them.
  const sent = at('2026-02-01T12:00:00+01:00');
  const wall = at('2026-05-02T12:00:00+02:00');
  expect(wall - sent).toBe(90 * DAY - HOUR);
  expect(expiresAt(90, sent, 'Europe/Berlin')).toBe(wall);
  expect(cutoffAt(90, wall, 'Europe/Berlin')).toBe(sent);
  expect(cutoffAt(90, wall + 1, 'Europe/Berlin')).toBe(sent + 1);
});

test('R004-1 over the end of summer time a message goes after 90 times 24 hours, an hour before the wall clock', () => {
  const sent = at('2026-09-01T12:00:00+02:00');
  expect(expiresAt(90, sent, 'Europe/Berlin')).toBe(sent + 90 * DAY);
  expect(cutoffAt(90, sent + 90 * DAY, 'Europe/Berlin')).toBe(sent);
});

test('R004-1 a cut-off in the hour that does not exist deletes more, not less', () => {
  // One day before 30 March 02:30 is a wall-clock time that Berlin skipped.
  const now = at('2026-03-30T02:30:00+02:00');
  expect(cutoffAt(1, now, 'Europe/Berlin')).toBe(at('2026-03-29T03:30:00+02:00'));
});

test('R004-1 the days are those of the workspace, wherever the device is', () => {
  const now = at('2026-05-02T10:00:00Z');
  expect(cutoffAt(90, now, 'UTC')).toBe(now - 90 * DAY);
  expect(cutoffAt(90, now, 'Europe/Berlin')).toBe(now - 90 * DAY + HOUR);
});

test('R004-1 a change takes effect with the next purge: the cut-off is worked out from the rule as it is then', () => {
  const stricter = effectiveRetention({
    policy: READY_PROFILES.wasms,
    workspace: WorkspaceRetention.parse({ days: { log: 10 } }),
    device: DeviceRetention.parse({}),
  });
  expect(cutoffOf(retention(), 'log', NOW)).toBe(NOW - 90 * DAY);
  expect(cutoffOf(stricter, 'log', NOW)).toBe(NOW - 10 * DAY);
});

test('a class that nobody limits has no cut-off', () => {
  expect(cutoffOf(retention(), 'audit', NOW)).toBeNull();
  expect(fateOf({ ...message(4_000 * DAY), class: 'audit' }, retention(), [], NOW)).toEqual({ fate: 'keep' });
  expect(expiresAt(null, NOW, 'UTC')).toBeNull();
});

test('X-1 a legal hold, and nothing else, keeps a thing whose time is over, and is named', () => {
  const over = message(200 * DAY);
  expect(fateOf(over, retention(), [], NOW).fate).toBe('purge');
  for (const scope of [
    { kind: 'all' },
    { kind: 'conversation', conversationId: 'c' },
    { kind: 'contact', contactId: 'p' },
  ] as const) {
    const keeping = hold(scope);
    expect(fateOf(over, retention(), [keeping], NOW)).toEqual({ fate: 'held', holds: [keeping] });
  }
});

test('X-1 a hold on somebody else, or one that was released, keeps nothing', () => {
  const holds = [
    hold({ kind: 'conversation', conversationId: 'other' }),
    hold({ kind: 'contact', contactId: 'other' }),
    hold({ kind: 'all' }, true),
  ];
  expect(fateOf(message(200 * DAY), retention(), holds, NOW)).toEqual({ fate: 'purge' });
});

test('a thing within its time is kept by its time, not by a hold', () => {
  expect(fateOf(message(DAY), retention(), [hold({ kind: 'all' })], NOW)).toEqual({ fate: 'keep' });
});

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
];

test('R004-1 in every zone and at every time: nothing older than n times 24 hours is kept, nothing younger by two hours goes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      // 2012 (after Samoa's missing day) to 2037, to the second.
      fc.integer({ min: at('2013-06-01T00:00:00Z') / 1000, max: at('2037-01-01T00:00:00Z') / 1000 }),
      fc.integer({ min: 1, max: 400 }),
      (zone, seconds, days) => {
        const now = seconds * 1000;
        const cutoff = cutoffAt(days, now, zone);
        if (cutoff === null) throw new Error('days were given');
        expect(cutoff).toBeGreaterThanOrEqual(now - days * DAY);
        expect(cutoff).toBeLessThanOrEqual(now - days * DAY + 2 * HOUR);
      },
    ),
  );
});

test('R004-1 a later moment never has an earlier cut-off by more than a clock change', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: at('2013-06-01T00:00:00Z') / 1000, max: at('2037-01-01T00:00:00Z') / 1000 }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 0, max: 3 * DAY }),
      (zone, seconds, days, later) => {
        const now = seconds * 1000;
        const [one, other] = [cutoffAt(days, now, zone), cutoffAt(days, now + later, zone)];
        expect((other ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(-2 * HOUR);
      },
    ),
  );
});

test('the gateway tells the time of a purge while it is known', () => {
  expect(purgeTime({ device: NOW + 400 * DAY, gateway: NOW, lastPurge: null })).toEqual({
    now: NOW,
    deviceClock: 'fast',
  });
  expect(purgeTime({ device: NOW - DAY, gateway: NOW, lastPurge: NOW - HOUR })).toEqual({
    now: NOW,
    deviceClock: 'slow',
  });
  expect(purgeTime({ device: NOW + MINUTE, gateway: NOW, lastPurge: null }).deviceClock).toBe('right');
});

test('R004-1 turning the device clock back gains no time while the gateway is away', () => {
  expect(purgeTime({ device: NOW - 30 * DAY, gateway: null, lastPurge: NOW })).toEqual({
    now: NOW,
    deviceClock: 'slow',
  });
  expect(purgeTime({ device: NOW, gateway: null, lastPurge: NOW - DAY })).toEqual({
    now: NOW,
    deviceClock: 'right',
  });
  expect(purgeTime({ device: NOW, gateway: null, lastPurge: null })).toEqual({
    now: NOW,
    deviceClock: 'right',
  });
});

test('a clock that was wrong once is put right by the next word from the gateway', () => {
  const poisoned = purgeTime({ device: NOW + 900 * DAY, gateway: null, lastPurge: NOW }).now;
  expect(purgeTime({ device: NOW, gateway: NOW, lastPurge: poisoned }).now).toBe(NOW);
});
