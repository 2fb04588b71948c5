/** Who is signed in on the benchmarks' caches. */
import type { SessionTokens } from '../../shared/protocol/session.ts';
import { DAY } from '../../shared/domain/time.ts';
import type { StoredSession } from '../../electron/cache/api.ts';
import { me, workspace } from './directory.ts';

/** Tokens that last longer than any run; the page server gives new ones to a kept file that is older. */
export function tokens(): SessionTokens {
  const now = Date.now();
  return {
    accessToken: 'bench',
    accessExpiresAt: now + 20 * DAY,
    refreshToken: 'bench',
    refreshExpiresAt: now + 3_650 * DAY,
  };
}

export function storedSession(gateway: string): StoredSession {
  return { gateway, deviceId: 'bench-device', me, workspace, tokens: tokens() };
}
