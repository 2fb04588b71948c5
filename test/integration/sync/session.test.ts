import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GatewayOptions } from '../../../gateway/server/gateway.ts';
import { DAY, MINUTE } from '../../../shared/domain/time.ts';
import { createGatewayHttp } from '../../../electron/sync/gateway-http.ts';
import { openDesktop } from '../../support/desktop.ts';
import type { DesktopOptions, TestDesktop } from '../../support/desktop.ts';
import { PASSWORD, startKit } from '../../support/gateway-kit.ts';
import type { Kit } from '../../support/gateway-kit.ts';
import { startStandIn } from '../../support/stand-in-gateway.ts';
import { until } from '../../support/until.ts';

let folder: string;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parley-session-'));
});

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  await rm(folder, { recursive: true, force: true });
});

async function kitWith(options: Partial<GatewayOptions> = {}): Promise<Kit> {
  const kit = await startKit(options);
  closing.push(() => kit.close());
  return kit;
}

async function open(gateway: string, changes: Partial<DesktopOptions> = {}): Promise<TestDesktop> {
  const desktop = await openDesktop({
    folder,
    gateway,
    email: 'maya@test.example',
    password: PASSWORD,
    ...changes,
  });
  closing.push(() => desktop.close());
  return desktop;
}

test('tokens that expire are renewed without anybody noticing, and the new ones are in the cache', async () => {
  const kit = await kitWith({ tokenLife: { accessMs: 1_500, refreshMs: 60_000 } });
  const conversationId = kit.inbound('4911', 'Hello?');
  const desktop = await open(kit.gateway.url);
  await desktop.online();
  const first = desktop.stored.tokens.accessToken;
  await until('the tokens were renewed', async () => {
    return (await desktop.cache.read.session())?.tokens.accessToken !== first;
  });
  // The old token is over, the session is not.
  await until('the old token is over', () => Date.now() > desktop.stored.tokens.accessExpiresAt);
  await desktop.send(conversationId, 'still here');
  await desktop.drained();
  expect(desktop.signedOut).toEqual([]);
});

test('a desktop that slept past the end of its token renews it before it goes on', async () => {
  let later = 0;
  const kit = await kitWith({ now: () => Date.now() + later });
  const desktop = await open(kit.gateway.url);
  await desktop.online();
  desktop.sync.suspend();
  later = 20 * MINUTE;
  desktop.sync.resume();
  await desktop.online();
  const session = await desktop.cache.read.session();
  expect(session?.tokens.accessToken).not.toBe(desktop.stored.tokens.accessToken);
  expect(desktop.signedOut).toEqual([]);
});

test('a device that is revoked is signed out; what was not sent stays in the cache', async () => {
  const kit = await kitWith();
  const conversationId = kit.inbound('4911', 'Hello?');
  const desktop = await open(kit.gateway.url);
  await desktop.online();
  const http = createGatewayHttp({ gateway: kit.gateway.url });
  const elsewhere = await http.signIn({
    email: kit.maya.email,
    password: PASSWORD,
    totp: null,
    device: { id: null, name: 'phone' },
  });
  const devices = await http.devices(elsewhere.tokens.accessToken);
  expect(devices.map((device) => device.current)).toContain(true);
  await http.revokeDevice(elsewhere.tokens.accessToken, desktop.stored.deviceId);
  await until('it is signed out', () => desktop.signedOut.length > 0);
  expect(desktop.signedOut).toEqual(['device_revoked']);
  expect(desktop.sync.connection).toEqual({ state: 'signed_out', reason: 'device_revoked' });
  await desktop.send(conversationId, 'not lost');
  expect(await desktop.cache.read.unsentCount()).toBe(1);
});

test('a user who is disabled is out at once', async () => {
  const kit = await kitWith();
  const desktop = await open(kit.gateway.url);
  await desktop.online();
  kit.gateway.store.people.setDisabled(kit.maya.id, true);
  await until('it is signed out', () => desktop.signedOut.length > 0);
  expect(desktop.signedOut).toEqual(['user_disabled']);
});

test('the session of a device is over: signed out, not a loop', async () => {
  let later = 0;
  const kit = await kitWith({ now: () => Date.now() + later });
  const desktop = await open(kit.gateway.url);
  await desktop.online();
  desktop.sync.suspend();
  later = 40 * DAY;
  desktop.sync.resume();
  await until('it is signed out', () => desktop.signedOut.length > 0);
  expect(desktop.signedOut).toEqual(['session_expired']);
  expect(desktop.states.filter((state) => state.state === 'connecting').length).toBeLessThan(5);
});

test('another protocol is a state, not a loop', async () => {
  const standIn = await startStandIn();
  closing.push(() => standIn.close());
  standIn.refusal = { kind: 'protocol_mismatch', protocol: 9 };
  const desktop = await open(standIn.url);
  await until('it is told', () => desktop.sync.connection.state === 'mismatch');
  expect(desktop.sync.connection).toEqual({ state: 'mismatch', ours: 1, theirs: 9 });
  const tries = standIn.handshakes;
  standIn.refusal = null;
  desktop.sync.retryNow();
  await desktop.online();
  expect(tries).toBe(1);
});

test('the gateway goes and comes back', async () => {
  const options: Partial<GatewayOptions> = {};
  const kit = await kitWith(options);
  options.port = Number(new URL(kit.gateway.url).port);
  const desktop = await open(kit.gateway.url);
  await desktop.online();
  await kit.restart();
  const conversationId = kit.inbound('4911', 'after the restart');
  await until('the message is here', async () => {
    return (await desktop.cache.read.conversation({ id: conversationId })) !== null;
  });
  const stages = desktop.states.flatMap((state) => (state.state === 'catching_up' ? [state.stage] : []));
  // It went on from its cursor: no second first sync.
  expect(stages.filter((stage) => stage === 'conversations').length).toBeLessThanOrEqual(1);
});

test('wrong passwords and gateways that are not there have their own kinds', async () => {
  const kit = await kitWith();
  const http = createGatewayHttp({ gateway: kit.gateway.url });
  const request = { email: kit.maya.email, password: 'wrong', totp: null, device: { id: null, name: 'x' } };
  await expect(http.signIn(request)).rejects.toMatchObject({ kind: 'invalid_credentials' });
  await expect(http.devices('nonsense')).rejects.toMatchObject({ kind: 'session_expired' });
  const signedIn = await http.signIn({ ...request, password: PASSWORD });
  await http.signOut(signedIn.tokens.accessToken);
  await expect(http.refresh(signedIn.tokens.refreshToken)).rejects.toMatchObject({
    name: 'GatewayHttpFailure',
  });
});

test('who looks and types is told, and forgotten with the connection', async () => {
  const kit = await kitWith();
  const conversationId = kit.inbound('4911', 'Hello?');
  const maya = await open(kit.gateway.url);
  const tom = await open(kit.gateway.url, { folder: path.join(folder, 'tom'), email: kit.tom.email });
  await Promise.all([maya.online(), tom.online()]);
  maya.sync.signal({ type: 'viewing', conversationId });
  maya.sync.signal({ type: 'typing', conversationId, typing: true });
  await until('Tom sees both', () => {
    const kinds = tom.ephemeral.map((event) => event.type);
    return kinds.includes('viewing') && kinds.includes('typing');
  });
  expect(tom.ephemeral).toContainEqual({ type: 'viewing', conversationId, userIds: [kit.maya.id] });
  maya.sync.suspend();
  await until('Tom is told that she left', () => {
    const last = tom.ephemeral.findLast((event) => event.type === 'viewing');
    return last?.type === 'viewing' && last.userIds.length === 0;
  });
});
