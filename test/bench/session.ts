/** Who is signed in on the benchmarks' caches. */
import type { SessionTokens } from '../../shared/protocol/session.ts';
import { DAY } from '../../shared/domain/time.ts';
import type { StoredSession } from '../../electron/cache/api.ts';
import { me, workspace } from './directory.ts';

/** Tokens that last longer than any run and any kept file. */
export function tokens(): SessionTokens {
  const far = Date.now() + 3_650 * DAY;
  return { accessToken: 'bench', accessExpiresAt: far, refreshToken: 'bench', refreshExpiresAt: far };
}

export function storedSession(gateway: string): StoredSession {
  return { gateway, deviceId: 'bench-device', me, workspace, tokens: tokens() };
}
