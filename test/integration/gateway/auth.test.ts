/** Sign-in, tokens and devices over real HTTP: what is refused, and that a refusal says nothing about who exists. */
import * as OTPAuth from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashPassword } from '../../../gateway/store/passwords.ts';
import { DAY, MINUTE } from '../../../shared/domain/time.ts';
import { Device, SessionTokens, SignInResponse } from '../../../shared/protocol/session.ts';
import { openSocket, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import type { Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let clock = 0;
beforeEach(async () => {
  clock = Date.now();
  kit = await startKit({ now: () => clock });
});
afterEach(() => kit.close());

function signIn(email: string, password: string, totp: string | null = null) {
  const json = { email, password, totp, device: { id: null, name: 'test' } };
  return kit.http('POST', '/v1/auth/sign-in', { json });
}

function refresh(refreshToken: string) {
  return kit.http('POST', '/v1/auth/refresh', { json: { refreshToken } });
}

function connectError(auth: Record<string, unknown>): Promise<unknown> {
  const socket = openSocket(kit.gateway.url, auth);
  return new Promise((resolve, reject) => {
    socket.once('connect_error', (error: Error & { data?: unknown }) => {
      socket.disconnect();
      resolve(error.data);
    });
    socket.once('connect', () => reject(new Error('the handshake was accepted')));
  });
}

test('a right password signs in, whatever the case of the e-mail address', async () => {
  const answer = await signIn('MAYA@Test.Example', PASSWORD);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(SignInResponse.parse(answer.body).user).toMatchObject({ id: kit.maya.id, role: 'agent' });
  expect(JSON.stringify(answer.body)).not.toContain('scrypt');
});

test('a wrong password, an unknown and a disabled user get the same answer', async () => {
  kit.gateway.store.people.setDisabled(kit.tom.id, true);
  const answers = [
    await signIn(kit.maya.email, 'wrong'),
    await signIn('nobody@test.example', 'wrong'),
    await signIn(kit.tom.email, PASSWORD),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({ kind: 'invalid_credentials', message: 'invalid_credentials' });
  }
});

test('a wrong password costs as much work for an unknown user as for a known one', async () => {
  await kit.close();
  // A cost that dominates, with the clock moved past the rate limit. Processor time, not the clock on the wall: the machine may be busy.
  const cost = { logN: 14, r: 8, p: 1 };
  kit = await startKit({ now: () => clock, passwordCost: cost });
  kit.gateway.store.people.setPassword(kit.maya.id, await hashPassword(PASSWORD, cost));
  const work = { known: 0, unknown: 0 };
  const tryOnce = async (email: string) => {
    clock += 20 * MINUTE;
    const before = process.cpuUsage();
    expect((await signIn(email, 'wrong')).status).toBe(401);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  await tryOnce('warm@test.example');
  for (let round = 0; round < 8; round += 1) {
    work.known += await tryOnce(kit.maya.email);
    work.unknown += await tryOnce('nobody@test.example');
  }
  const ratio = work.known / work.unknown;
  expect(ratio).toBeGreaterThan(0.6);
  expect(ratio).toBeLessThan(1.7);
});

test('after five wrong tries the account has to wait at this address, longer each time', async () => {
  for (const email of [kit.maya.email, 'nobody@test.example']) {
    for (let round = 0; round < 5; round += 1) expect((await signIn(email, 'wrong')).status).toBe(401);
    const refused = await signIn(email, 'wrong');
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ kind: 'rate_limited', retryAfterMs: 1_000 });
    expect(refused.headers.get('retry-after')).toBe('1');
  }
  // Not even the right password, until the wait is over.
  expect((await signIn(kit.maya.email, PASSWORD)).status).toBe(429);
  clock += 1_000;
  expect((await signIn(kit.maya.email, 'wrong')).status).toBe(401);
  expect((await signIn(kit.maya.email, PASSWORD)).body).toMatchObject({ retryAfterMs: 2_000 });
  clock += 2_000;
  expect((await signIn(kit.maya.email, PASSWORD)).status).toBe(200);
  expect((await signIn(kit.tom.email, PASSWORD)).status).toBe(200);
});

test('many tries at the same time are not free', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(kit.maya.email, 'wrong')));
  expect(answers.filter((answer) => answer.status === 401).length).toBeLessThanOrEqual(5);
});

test('TOTP is asked for only after a right password, and a code works once', async () => {
  const secret = new OTPAuth.Secret({ size: 20 });
  const user = await kit.addUser({ name: 'totp', role: 'agent', totpSecret: secret.base32 });
  const totp = new OTPAuth.TOTP({ secret });
  expect((await signIn(user.email, 'wrong')).body).toMatchObject({ kind: 'invalid_credentials' });
  expect((await signIn(user.email, PASSWORD)).body).toMatchObject({ kind: 'totp_required' });
  expect((await signIn(user.email, PASSWORD, '000000')).body).toMatchObject({ kind: 'invalid_totp' });
  const code = totp.generate({ timestamp: clock });
  expect((await signIn(user.email, PASSWORD, code)).status).toBe(200);
  expect((await signIn(user.email, PASSWORD, code)).body).toMatchObject({ kind: 'invalid_totp' });
  clock += 31_000;
  expect((await signIn(user.email, PASSWORD, totp.generate({ timestamp: clock }))).status).toBe(200);
});

test('a refresh token works once; its second use ends the session and its sockets', async () => {
  const desktop = await kit.connect(kit.maya);
  const first = desktop.signIn.tokens;
  const second = SessionTokens.parse(
    ((await refresh(first.refreshToken)).body as { tokens: unknown }).tokens,
  );
  expect(second.accessToken).not.toBe(first.accessToken);
  expect((await kit.http('GET', '/v1/devices', { token: second.accessToken })).status).toBe(200);

  const reused = await refresh(first.refreshToken);
  expect(reused.status).toBe(401);
  expect(reused.body).toMatchObject({ kind: 'session_expired' });
  expect(await desktop.goodbye).toEqual({ kind: 'session_expired' });
  expect((await kit.http('GET', '/v1/devices', { token: second.accessToken })).status).toBe(401);
  expect((await refresh(second.refreshToken)).body).toMatchObject({ kind: 'session_expired' });
});

test('a refresh whose answer was lost is answered again, and what was given first is void', async () => {
  const { tokens } = (await kit.connect(kit.maya)).signIn;
  const tokensOf = (answer: { body: unknown }) =>
    SessionTokens.parse((answer.body as { tokens: unknown }).tokens);
  const lost = tokensOf(await refresh(tokens.refreshToken));
  const again = await refresh(tokens.refreshToken);
  expect(again.status).toBe(200);
  expect((await kit.http('GET', '/v1/devices', { token: lost.accessToken })).status).toBe(401);
  expect((await kit.http('GET', '/v1/devices', { token: tokensOf(again).accessToken })).status).toBe(200);
  expect((await refresh(tokens.refreshToken)).body).toMatchObject({ kind: 'session_expired' });
});

test('tokens end: the access token after its time, the refresh token after its own', async () => {
  const { tokens } = await kit.signIn(kit.maya);
  clock = tokens.accessExpiresAt;
  expect((await kit.http('GET', '/v1/devices', { token: tokens.accessToken })).body).toMatchObject({
    kind: 'session_expired',
  });
  expect(await connectError({ token: tokens.accessToken, protocol: 1 })).toEqual({ kind: 'session_expired' });
  clock = tokens.refreshExpiresAt - DAY;
  expect((await refresh(tokens.refreshToken)).status).toBe(200);
  const again = await kit.signIn(kit.maya);
  clock = again.tokens.refreshExpiresAt;
  expect((await refresh(again.tokens.refreshToken)).body).toMatchObject({ kind: 'session_expired' });
});

test('a socket whose session is not refreshed is told goodbye; a refresh keeps it', async () => {
  await kit.close();
  kit = await startKit({ now: () => clock, tokenLife: { accessMs: 300, refreshMs: DAY } });
  const kept = await kit.connect(kit.maya);
  const left = await kit.connect(kit.tom);
  clock += 200;
  await refresh(kept.signIn.tokens.refreshToken);
  clock += 150;
  expect(await left.goodbye).toEqual({ kind: 'session_expired' });
  expect(kept.socket.connected).toBe(true);
});

test('devices are listed and revoked; a revoked one is out at once', async () => {
  const laptop = await kit.connect(kit.maya);
  const phone = await kit.connect(kit.maya);
  const token = laptop.signIn.tokens.accessToken;
  const listed = Device.array().parse((await kit.http('GET', '/v1/devices', { token })).body);
  expect(listed.map((device) => [device.id, device.current])).toEqual([
    [laptop.signIn.deviceId, true],
    [phone.signIn.deviceId, false],
  ]);
  const tom = await kit.signIn(kit.tom);
  const path = `/v1/devices/${phone.signIn.deviceId}`;
  expect((await kit.http('DELETE', path, { token: tom.tokens.accessToken })).status).toBe(404);
  expect(phone.socket.connected).toBe(true);
  expect((await kit.http('DELETE', path, { token })).status).toBe(204);
  expect(await phone.goodbye).toEqual({ kind: 'device_revoked' });
  expect((await refresh(phone.signIn.tokens.refreshToken)).body).toMatchObject({ kind: 'device_revoked' });
  const auth = { token: phone.signIn.tokens.accessToken, protocol: 1 };
  expect(await connectError(auth)).toEqual({ kind: 'device_revoked' });
  expect(laptop.socket.connected).toBe(true);
});

test('signing in again on a device keeps its id and ends its earlier session; a foreign id is not taken over', async () => {
  const first = await kit.signIn(kit.maya);
  const again = await kit.signIn(kit.maya, first.deviceId);
  expect(again.deviceId).toBe(first.deviceId);
  expect((await kit.http('GET', '/v1/devices', { token: first.tokens.accessToken })).status).toBe(401);
  const foreign = await kit.signIn(kit.tom, first.deviceId);
  expect(foreign.deviceId).not.toBe(first.deviceId);
  expect((await kit.http('GET', '/v1/devices', { token: again.tokens.accessToken })).status).toBe(200);
});

test('sign-out ends the session of the device', async () => {
  const desktop = await kit.connect(kit.maya);
  const token = desktop.signIn.tokens.accessToken;
  expect((await kit.http('POST', '/v1/auth/sign-out', { token })).status).toBe(204);
  expect(await desktop.goodbye).toEqual({ kind: 'session_expired' });
  expect((await kit.http('POST', '/v1/auth/sign-out', { token })).status).toBe(401);
  expect((await refresh(desktop.signIn.tokens.refreshToken)).status).toBe(401);
});

test('a disabled user is out at once, over the socket and over HTTP', async () => {
  const desktop = await kit.connect(kit.maya);
  kit.gateway.store.people.setDisabled(kit.maya.id, true);
  expect(await desktop.goodbye).toEqual({ kind: 'user_disabled' });
  const token = desktop.signIn.tokens.accessToken;
  expect((await kit.http('GET', '/v1/devices', { token })).body).toMatchObject({ kind: 'user_disabled' });
  expect((await refresh(desktop.signIn.tokens.refreshToken)).body).toMatchObject({ kind: 'user_disabled' });
});

test('a handshake says why it is refused', async () => {
  const { tokens } = await kit.signIn(kit.maya);
  expect(await connectError({ token: tokens.accessToken, protocol: 99 })).toEqual({
    kind: 'protocol_mismatch',
    protocol: 1,
  });
  expect(await connectError({ token: 'made up', protocol: 1 })).toEqual({ kind: 'session_expired' });
  expect(await connectError({ token: tokens.refreshToken, protocol: 1 })).toEqual({
    kind: 'session_expired',
  });
  expect(await connectError({ token: 7, protocol: '1' })).toEqual({ kind: 'invalid' });
  expect(await connectError({})).toEqual({ kind: 'invalid' });
});
