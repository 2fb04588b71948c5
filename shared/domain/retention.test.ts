import { expect, test } from 'vitest';
import { READY_PROFILES } from '../policies/ready.ts';
import type { RetentionDays, RetentionSources } from './retention.ts';
import {
  DeviceRetention,
  effectiveRetention,
  RETENTION_CLASSES,
  storageChange,
  WorkspaceRetention,
} from './retention.ts';

const { wasms, onechat, onemsg } = READY_PROFILES;

type Rule = { days?: Partial<RetentionDays>; mode?: 'delete' | 'anonymise'; storage?: 'on' | 'off' };

function sources(
  policy: RetentionSources['policy'],
  workspace: Rule = {},
  device: { days?: Partial<RetentionDays>; mode?: 'delete'; storage?: 'off' } = {},
): RetentionSources {
  return {
    policy,
    workspace: WorkspaceRetention.parse(workspace),
    device: DeviceRetention.parse(device),
  };
}

const logOf = (given: RetentionSources) => effectiveRetention(given).clocks.log;

test('X-1 the strictest of gateway, workspace and device holds, and it is named', () => {
  expect(logOf(sources(wasms))).toMatchObject({ days: 90, decidedBy: { source: 'gateway', class: 'log' } });
  expect(logOf(sources(wasms, { days: { log: 60 } }))).toMatchObject({
    days: 60,
    decidedBy: { source: 'workspace' },
  });
  expect(logOf(sources(wasms, { days: { log: 60 } }, { days: { log: 30 } }))).toMatchObject({
    days: 30,
    decidedBy: { source: 'device' },
  });
});

test('X-1 neither workspace nor device can keep longer than the gateway promised', () => {
  expect(logOf(sources(wasms, { days: { log: 365 } }, { days: { log: 400 } }))).toMatchObject({
    days: 90,
    decidedBy: { source: 'gateway' },
    limits: { gateway: 90, workspace: 365, device: 400 },
  });
});

test('X-1 on a tie the one whose word weighs most is named', () => {
  expect(logOf(sources(wasms, { days: { log: 90 } }, { days: { log: 90 } })).decidedBy).toEqual({
    source: 'gateway',
    class: 'log',
  });
});

test('X-2 what nobody limits has no days and nobody who decided; it is never a number', () => {
  const { clocks } = effectiveRetention(sources(onemsg));
  for (const name of RETENTION_CLASSES) expect(clocks[name]).toMatchObject({ days: null, decidedBy: null });
  expect(clocks.log.quote).toBe('1MSG privacy policy, message retention: “as necessary”');
});

test('X-2 before the profile is known, the workspace and the device still hold', () => {
  expect(logOf(sources(null, { days: { log: 10 } })).days).toBe(10);
});

test('R004-1 the log is kept for 90 days by default where the profile says so', () => {
  expect(logOf(sources(wasms))).toMatchObject({
    days: 90,
    quote: 'WaSMS privacy policy, message retention: “logs 90 d default, configurable”',
  });
});

test('R004-2 content and log are two settings: text may go before the log does', () => {
  const { clocks } = effectiveRetention(sources(wasms, { days: { content: 14, log: 60 } }));
  expect(clocks.content).toMatchObject({ days: 14, decidedBy: { source: 'workspace', class: 'content' } });
  expect(clocks.log).toMatchObject({ days: 60, decidedBy: { source: 'workspace', class: 'log' } });
});

test('R004-2 text, files and exports never outlive the message that they belong to', () => {
  const { clocks } = effectiveRetention(sources(wasms, { days: { media: 200, content: 120 } }));
  for (const name of ['content', 'media', 'exports'] as const) {
    expect(clocks[name]).toMatchObject({ days: 90, decidedBy: { source: 'gateway', class: 'log' } });
  }
  expect(
    effectiveRetention(sources(onemsg, { days: { content: 7, media: 200 } })).clocks.media,
  ).toMatchObject({
    days: 7,
    decidedBy: { source: 'workspace', class: 'content' },
  });
});

test('files may go before the text', () => {
  const { clocks } = effectiveRetention(sources(wasms, {}, { days: { media: 3 } }));
  expect(clocks.media.days).toBe(3);
  expect(clocks.content.days).toBe(90);
});

test('notes and audit are made here: the clock of the messages does not end them', () => {
  const { clocks } = effectiveRetention(sources(wasms, { days: { notes: 365, audit: 730 } }));
  expect(clocks.notes.days).toBe(365);
  expect(clocks.audit.days).toBe(730);
});

test('R004-3 contacts have no clock', () => {
  expect(RETENTION_CLASSES).not.toContain('contacts');
  expect(WorkspaceRetention.parse({ days: { contacts: 30 } }).days).not.toHaveProperty('contacts');
});

test('R002-1 anonymising needs the profile and the workspace; a device may only ask to delete', () => {
  const mode = (given: RetentionSources) => effectiveRetention(given).mode;
  expect(mode(sources(onechat, { mode: 'anonymise' }))).toEqual({
    value: 'anonymise',
    decidedBy: 'workspace',
  });
  expect(mode(sources(onechat))).toEqual({ value: 'delete', decidedBy: 'workspace' });
  expect(mode(sources(onechat, { mode: 'anonymise' }, { mode: 'delete' }))).toEqual({
    value: 'delete',
    decidedBy: 'device',
  });
  expect(mode(sources(wasms, { mode: 'anonymise' }))).toEqual({ value: 'delete', decidedBy: 'gateway' });
  expect(DeviceRetention.safeParse({ mode: 'anonymise' }).success).toBe(false);
});

test('R000-1 storage is off as soon as one of the three says so, and nobody can turn it on again for another', () => {
  const storage = (given: RetentionSources) => effectiveRetention(given).storage;
  expect(storage(sources({ ...onemsg, storage: 'off' }))).toEqual({ value: 'off', decidedBy: 'gateway' });
  expect(storage(sources(onemsg, { storage: 'off' }))).toEqual({ value: 'off', decidedBy: 'workspace' });
  expect(storage(sources(onemsg, {}, { storage: 'off' }))).toEqual({ value: 'off', decidedBy: 'device' });
  expect(storage(sources(onemsg))).toEqual({ value: 'on', decidedBy: null });
  expect(DeviceRetention.safeParse({ storage: 'on' }).success).toBe(false);
});

test('R000-2 turning storage off purges what was kept, turning it on brings nothing back', () => {
  expect(storageChange('on', 'off')).toBe('purge');
  expect(storageChange('off', 'on')).toBe('start_empty');
  expect(storageChange('off', 'off')).toBe('none');
});

test('days are whole and at least one; a zone must be known', () => {
  for (const log of [0, -1, 1.5, 40_000, Number.NaN]) {
    expect(WorkspaceRetention.safeParse({ days: { log } }).success).toBe(false);
  }
  expect(WorkspaceRetention.safeParse({ timeZone: 'Nowhere/City' }).success).toBe(false);
});
