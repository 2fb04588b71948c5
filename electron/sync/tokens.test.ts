import { expect, test } from 'vitest';
import type { SessionTokens } from '../../shared/protocol/session.ts';
import { createFakeClock, settle } from '../../test/support/fake-clock.ts';
import { GatewayHttpFailure } from './gateway-http.ts';
import { createTokens } from './tokens.ts';

const tokensOf = (number: number, expires: number): SessionTokens => ({
  accessToken: `a${number}`,
  accessExpiresAt: expires,
  refreshToken: `r${number}`,
  refreshExpiresAt: 10 * expires,
});

function arrange(answer: (token: string) => Promise<SessionTokens>) {
  const clock = createFakeClock();
  const saved: string[] = [];
  const tokens = createTokens({
    initial: tokensOf(1, 600_000),
    http: { refresh: answer },
    clock,
    log: () => undefined,
    save: async ({ accessToken }) => void saved.push(accessToken),
  });
  return { clock, tokens, saved };
}

test('however many ask, the refresh token is used once', async () => {
  const used: string[] = [];
  const { tokens, saved } = arrange(async (token) => {
    used.push(token);
    await settle();
    return tokensOf(2, 900_000);
  });
  const outcomes = await Promise.all([tokens.refresh(), tokens.refresh(), tokens.refresh()]);
  expect(outcomes).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
  expect(used).toEqual(['r1']);
  expect(saved).toEqual(['a2']);
  await tokens.refresh();
  expect(used).toEqual(['r1', 'r2']);
});

test("fresh by the gateway's clock, not by this machine's", async () => {
  const { clock, tokens } = arrange(async () => tokensOf(2, 0));
  expect(tokens.fresh()).toBe(true);
  tokens.serverTime(590_000);
  expect(tokens.fresh()).toBe(false);
  tokens.serverTime(-1_000_000);
  await clock.advance(700_000);
  expect(tokens.fresh()).toBe(true);
});

test('what the gateway says is told, what makes no sense or nobody said is not a sign-out', async () => {
  let kind: 'session_expired' | 'unreachable' | 'internal' = 'session_expired';
  const { tokens, saved } = arrange(() => Promise.reject(new GatewayHttpFailure(kind, '')));
  expect(await tokens.refresh()).toEqual({ ok: false, kind: 'session_expired' });
  kind = 'unreachable';
  expect(await tokens.refresh()).toEqual({ ok: false, kind: null });
  kind = 'internal';
  expect(await tokens.refresh()).toEqual({ ok: false, kind: null });
  expect(saved).toEqual([]);
});

test('a lifetime that is always over does not refresh in a loop', async () => {
  const { clock, tokens } = arrange(async () => tokensOf(2, 1));
  await tokens.refresh();
  expect(tokens.fresh()).toBe(false);
  expect(tokens.refreshIn()).toBe(30_000);
  await clock.advance(30_000);
  expect(tokens.refreshIn()).toBe(0);
});
