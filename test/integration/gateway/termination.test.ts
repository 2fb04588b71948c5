/** The end of a workspace, and devices that are told to wipe themselves: what the gateway tells, whom it refuses, what it keeps. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY } from '../../../shared/domain/time.ts';
import { UNNAMED } from '../../../shared/policies/unnamed.ts';
import { WASMS } from '../../../shared/policies/wasms.ts';
import type { Device } from '../../../shared/protocol/session.ts';
import { Snapshot } from '../../../shared/protocol/sync.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';

let kit: Kit;
let now = Date.now();
beforeEach(async () => {
  now = Date.now();
  kit = await startKit({ now: () => now });
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...WASMS, effectiveAt: 0 });
});
afterEach(() => kit.close());

const head = () => kit.gateway.store.log.ends(kit.ws).head;
const receipt = {
  at: 1,
  keys: 2,
  files: 7,
  bytes: 4096,
  left: [],
  scan: { files: 3, bytes: 10, samples: 9, found: 0 },
};
async function devices(token: string, of = '?of=workspace'): Promise<Device[]> {
  return (await kit.http('GET', `/v1/devices${of}`, { token })).body as Device[];
}

test('R004-4: an owner announces the end and takes it back; everybody is told when the desktops wipe what they have', async () => {
  const [owner, maya] = [await kit.connect(kit.owner), await kit.connect(kit.maya)];
  expect(await maya.command('termination.begin', { endsAt: now })).toMatchObject({
    ok: false,
    error: { kind: 'forbidden' },
  });
  await maya.subscribe(head());
  expect(await owner.command('termination.begin', { endsAt: now - DAY })).toMatchObject({ ok: true });
  const told = await maya.event(({ type }) => type === 'termination.changed');
  // WaSMS promises 30 days; what lies in the past ends now.
  expect(told.data['termination']).toMatchObject({
    endsAt: now,
    wipeAt: now + 30 * DAY,
    announcedBy: kit.owner.id,
  });
  const snapshot = Snapshot.parse((await maya.request('sync.snapshot', {})).value);
  expect(snapshot.termination).toEqual(told.data['termination']);
  expect(await owner.command('termination.cancel', {})).toMatchObject({ ok: true });
  const over = await maya.event(({ type, seq }) => type === 'termination.changed' && seq > told.seq);
  expect(over.data['termination']).toMatchObject({ cancelledAt: now, cancelledBy: kit.owner.id });
  now += 31 * DAY;
  expect((await kit.signIn(kit.maya)).tokens.accessToken).not.toBe('');
});

test('R004-4: after the date nobody signs in, and every session hears why it ended', async () => {
  const owner = await kit.connect(kit.owner);
  const { tokens } = await kit.signIn(kit.maya);
  expect(await owner.command('termination.begin', { endsAt: now })).toMatchObject({ ok: true });
  now += 30 * DAY - 1;
  expect(
    await kit.http('POST', '/v1/auth/refresh', { json: { refreshToken: tokens.refreshToken } }),
  ).toMatchObject({
    status: 200,
  });
  now += 1;
  const ended = { status: 401, body: { kind: 'workspace_ended' } };
  const device = { id: null, name: 'test' };
  expect(
    await kit.http('POST', '/v1/auth/sign-in', {
      json: { email: kit.maya.email, password: PASSWORD, totp: null, device },
    }),
  ).toMatchObject(ended);
  expect(await kit.http('GET', '/v1/devices', { token: tokens.accessToken })).toMatchObject(ended);
  expect(
    await kit.http('POST', '/v1/auth/refresh', { json: { refreshToken: tokens.refreshToken } }),
  ).toMatchObject(ended);
});

test('X-2: a profile that promises no time after the end lets nothing outlast it', async () => {
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...UNNAMED, effectiveAt: 0 });
  const owner = await kit.connect(kit.owner);
  await owner.subscribe(head());
  await owner.command('termination.begin', { endsAt: now + 5 * DAY });
  const told = await owner.event(({ type }) => type === 'termination.changed');
  expect(told.data['termination']).toMatchObject({ endsAt: now + 5 * DAY, wipeAt: now + 5 * DAY });
});

test('a device is told to wipe itself whenever it comes, and its receipt stands in the list', async () => {
  const maya = await kit.connect(kit.maya);
  const supervisor = (await kit.signIn(kit.supervisor)).tokens.accessToken;
  const id = maya.signIn.deviceId;
  expect(await kit.http('POST', `/v1/devices/${id}/wipe`, { token: supervisor })).toMatchObject({
    status: 204,
  });
  expect(await maya.goodbye).toEqual({ kind: 'device_wipe' });
  const { refreshToken, accessToken } = maya.signIn.tokens;
  const told = { status: 401, body: { kind: 'device_wipe' } };
  expect(await kit.http('GET', '/v1/devices', { token: accessToken })).toMatchObject(told);
  // However late: its tokens are kept until it has answered.
  now += 400 * DAY;
  const later = (await kit.signIn(kit.supervisor)).tokens.accessToken;
  expect(await kit.http('POST', '/v1/auth/refresh', { json: { refreshToken } })).toMatchObject(told);
  expect((await devices(later)).find((device) => device.id === id)).toMatchObject({
    user: { name: 'maya' },
    wipe: { receivedAt: null, receipt: null },
  });
  expect(
    await kit.http('POST', '/v1/wipe-receipts', { json: { refreshToken: 'nothing', receipt } }),
  ).toMatchObject({ status: 404 });
  expect(await kit.http('POST', '/v1/wipe-receipts', { json: { refreshToken, receipt } })).toMatchObject({
    status: 204,
  });
  const changed = { ...receipt, files: 8 };
  await kit.http('POST', '/v1/wipe-receipts', { json: { refreshToken, receipt: changed } });
  expect((await devices(later)).find((device) => device.id === id)?.wipe).toEqual({
    askedAt: now - 400 * DAY,
    receivedAt: now,
    receipt,
  });
  expect(await kit.http('POST', '/v1/auth/refresh', { json: { refreshToken } })).toMatchObject({
    body: { kind: 'device_revoked' },
  });
});

test('who may: oneself, a supervisor anybody but owners, an owner everybody; nobody else sees the list', async () => {
  const [maya, tom, owner] = [
    await kit.signIn(kit.maya),
    await kit.signIn(kit.tom),
    await kit.signIn(kit.owner),
  ];
  const supervisor = (await kit.signIn(kit.supervisor)).tokens.accessToken;
  const wipe = async (token: string, id: string) =>
    (await kit.http('POST', `/v1/devices/${id}/wipe`, { token })).status;
  expect(await wipe(maya.tokens.accessToken, tom.deviceId)).toBe(404);
  expect(await wipe(supervisor, owner.deviceId)).toBe(404);
  expect(await wipe(supervisor, 'nothing')).toBe(404);
  expect(await kit.http('GET', '/v1/devices?of=workspace', { token: maya.tokens.accessToken })).toMatchObject(
    {
      status: 403,
    },
  );
  expect(await devices(maya.tokens.accessToken, '')).toHaveLength(1);
  expect(await wipe(maya.tokens.accessToken, maya.deviceId)).toBe(204);
  expect(await wipe(owner.tokens.accessToken, tom.deviceId)).toBe(204);
  expect((await devices(supervisor)).filter(({ wipe: asked }) => asked !== null)).toHaveLength(2);
});
