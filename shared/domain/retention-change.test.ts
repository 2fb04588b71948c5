import { expect, test } from 'vitest';
import { READY_PROFILES } from '../policies/ready.ts';
import { PolicyProfile } from './policy.ts';
import { checkDeviceRule, checkWorkspaceRule, mayEditRetention } from './retention-change.ts';
import { DeviceRetention, WorkspaceRetention } from './retention.ts';

const inForce = (profile: object) => PolicyProfile.parse({ ...profile, version: 1, rev: 1, effectiveAt: 0 });
const wasms = inForce(READY_PROFILES.wasms);
const onechat = inForce(READY_PROFILES.onechat);
const workspace = WorkspaceRetention.parse({ days: { log: 60, notes: 100 } });

test('R004-10 the owner changes the rule of retention, nobody else does', () => {
  expect(mayEditRetention('owner')).toBe(true);
  for (const role of ['supervisor', 'agent'] as const) {
    expect(mayEditRetention(role)).toBe(false);
    expect(checkWorkspaceRule(role, workspace, wasms)).toEqual({ ok: false, problem: 'not_owner' });
  }
});

test('X-1 a workspace that asks for more than the gateway promised is told that it has no effect', () => {
  const asked = WorkspaceRetention.parse({ days: { log: 365, media: 120, content: 30 } });
  expect(checkWorkspaceRule('owner', asked, wasms)).toEqual({
    ok: true,
    noEffect: [
      { class: 'log', asked: 365, limit: 90, by: { source: 'gateway', class: 'log' } },
      { class: 'media', asked: 120, limit: 30, by: { source: 'workspace', class: 'content' } },
    ],
  });
  expect(checkWorkspaceRule('owner', workspace, wasms)).toEqual({ ok: true, noEffect: [] });
});

test('R002-1 anonymising is refused where the profile does not offer it', () => {
  const asked = WorkspaceRetention.parse({ mode: 'anonymise' });
  expect(checkWorkspaceRule('owner', asked, wasms)).toEqual({ ok: false, problem: 'mode_not_offered' });
  expect(checkWorkspaceRule('owner', asked, onechat)).toMatchObject({ ok: true });
});

test('X-1 a device may be stricter, or as strict; looser is refused with what holds instead', () => {
  const device = (log: number) => DeviceRetention.parse({ days: { log } });
  expect(checkDeviceRule(device(30), wasms, workspace)).toEqual({ ok: true });
  expect(checkDeviceRule(device(60), wasms, workspace)).toEqual({ ok: true });
  expect(checkDeviceRule(device(61), wasms, workspace)).toEqual({
    ok: false,
    problem: 'looser',
    looser: [{ class: 'log', asked: 61, limit: 60, by: { source: 'workspace', class: 'log' } }],
  });
});

test('X-1 a device may not keep files longer than their messages', () => {
  const asked = DeviceRetention.parse({ days: { media: 75 } });
  expect(checkDeviceRule(asked, wasms, workspace)).toMatchObject({
    ok: false,
    looser: [{ class: 'media', asked: 75, limit: 60, by: { source: 'workspace', class: 'log' } }],
  });
});

test('a device that asks for nothing is never looser', () => {
  expect(checkDeviceRule(DeviceRetention.parse({}), wasms, workspace)).toEqual({ ok: true });
});
