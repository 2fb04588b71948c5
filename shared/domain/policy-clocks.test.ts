import { expect, test } from 'vitest';
import { READY_PROFILES } from '../policies/ready.ts';
import { backupsUntil, breachClock, connectionProblem, mailDueAt, terminationOf } from './policy-clocks.ts';
import { DAY, HOUR } from './time.ts';

const { onemsg, onechat, wasms, unnamed } = READY_PROFILES;
const at = (iso: string) => Date.parse(iso);

test('R000-3 a deletion names the day until which backups may hold it: D + 60', () => {
  const deleted = at('2026-03-01T10:00:00+01:00');
  const until = backupsUntil(onemsg, deleted, 'Europe/Berlin');
  expect(until).toMatchObject({ stated: true, days: 60, at: at('2026-04-30T10:00:00+02:00') });
});

test('R000-3 a profile without a backup clock says that none is stated, and gives no date', () => {
  expect(backupsUntil(wasms, 0, 'UTC')).toEqual({
    stated: false,
    source: 'WaSMS privacy policy, backups: not stated',
  });
});

const breach = { id: 'b', knownAt: 1_000, toldAt: 1_000 + 10 * HOUR, summary: 'keys were copied' };

test('R004-7 the breach clock runs 72 hours from when the gateway knew, then it is overdue', () => {
  const due = 1_000 + 72 * HOUR;
  expect(breachClock(wasms, breach, 1_000 + 12 * HOUR)).toMatchObject({
    stated: true,
    dueAt: due,
    leftMs: 60 * HOUR,
    overdue: false,
  });
  expect(breachClock(wasms, breach, due)).toMatchObject({ leftMs: 0, overdue: false });
  expect(breachClock(wasms, breach, due + 1)).toMatchObject({ leftMs: 0, overdue: true });
});

test('R004-7 without a word on when it was known, the clock starts when we were told', () => {
  expect(breachClock(wasms, { ...breach, knownAt: null }, 0)).toMatchObject({ startedAt: breach.toldAt });
});

test('R004-7 a profile without hours shows the notice without a clock', () => {
  expect(breachClock(onechat, breach, 0)).toMatchObject({ stated: false, startedAt: 1_000 });
});

test('R004-4 the end of a contract counts 30 days down and is then due', () => {
  const ended = at('2026-10-10T09:00:00+02:00');
  const wipeAt = at('2026-11-09T09:00:00+01:00');
  expect(terminationOf(wasms, ended, ended, 'Europe/Berlin')).toMatchObject({
    wipeAt,
    daysLeft: 30,
    due: false,
  });
  expect(terminationOf(wasms, ended, wipeAt - 1, 'Europe/Berlin')).toMatchObject({ daysLeft: 0, due: false });
  expect(terminationOf(wasms, ended, wipeAt, 'Europe/Berlin')).toMatchObject({ daysLeft: 0, due: true });
});

test('X-2 a profile without a time after the end lets nothing outlast the contract', () => {
  expect(terminationOf(unnamed, 5 * DAY, 5 * DAY, 'UTC')).toMatchObject({
    wipeAt: 5 * DAY,
    due: true,
    stated: false,
  });
});

test('R004-5 general mail is due after five business days', () => {
  expect(mailDueAt(wasms, at('2026-11-20T09:00:00Z'), 'UTC')).toBe(at('2026-11-27T09:00:00Z'));
  expect(mailDueAt(onechat, 0, 'UTC')).toBeNull();
});

test('R004-6 a connection below TLS 1.3 is refused where the profile asks for it', () => {
  expect(connectionProblem(wasms, 'wss://gateway.test/', 'TLSv1.2')).toBe('tls_too_old');
  expect(connectionProblem(wasms, 'wss://gateway.test/', 'TLSv1.3')).toBeNull();
  expect(connectionProblem(onemsg, 'https://gateway.test/', 'TLSv1.2')).toBeNull();
  expect(connectionProblem(onemsg, 'https://gateway.test/', 'TLSv1.1')).toBe('tls_too_old');
  expect(connectionProblem(onemsg, 'https://gateway.test/', 'TLSv1')).toBe('tls_too_old');
});

test('R004-6 a protocol that cannot be told is not taken for a good one', () => {
  expect(connectionProblem(wasms, 'https://gateway.test/', null)).toBe('tls_unknown');
  expect(connectionProblem(wasms, 'https://gateway.test/', 'SSLv3')).toBe('tls_unknown');
});

test.each([
  ['http://127.0.0.1:8080/', null],
  ['ws://localhost:8080/', null],
  ['http://[::1]/', null],
  ['http://gateway.test/', 'plain'],
  ['ws://10.0.0.4/', 'plain'],
  ['http://127.0.0.1.evil.test/', 'plain'],
  ['http://localhost.evil.test/', 'plain'],
  ['ftp://gateway.test/', 'plain'],
])('an unencrypted connection reaches this machine only: %s', (url, problem) => {
  expect(connectionProblem(wasms, url, null)).toBe(problem);
});
