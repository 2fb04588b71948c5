/**
 * The session's tokens: fresh enough, refreshed once however many ask, stored before they are used. A refresh token works only
 * once, so two refreshes must never run side by side.
 */
import { AuthErrorKind } from '../../shared/protocol/errors.ts';
import type { SessionTokens } from '../../shared/protocol/session.ts';
import { GatewayHttpFailure } from './gateway-http.ts';
import type { GatewayHttp } from './gateway-http.ts';
import type { Clock, Log } from './ports.ts';

export type RefreshOutcome = { ok: true } | { ok: false; kind: AuthErrorKind | null };

export type Tokens = {
  readonly access: string;
  /** Whether the access token still holds for a while, by the gateway's clock. */
  fresh(): boolean;
  /** Milliseconds until it is time to refresh ahead of expiry; never less than MIN_REFRESH_INTERVAL after the last try. */
  refreshIn(): number;
  refresh(): Promise<RefreshOutcome>;
  /** Resolves when no refresh is under way: its new tokens are stored. */
  settled(): Promise<void>;
  /** The gateway's clock, from `hello`: this machine's may be wrong by hours. */
  serverTime(at: number): void;
  /** The gateway said that the access token has expired. */
  expire(): void;
};

/** Milliseconds before expiry at which an access token no longer counts as fresh, and at which it is refreshed ahead. */
const FRESH_MARGIN = 20_000;
const REFRESH_AHEAD = 60_000;
/** So that a short lifetime or a wrong clock never becomes a loop. */
const MIN_REFRESH_INTERVAL = 30_000;

export function createTokens(options: {
  initial: SessionTokens;
  http: Pick<GatewayHttp, 'refresh'>;
  clock: Clock;
  log: Log;
  /** Called with new tokens before they are used. */
  save: (tokens: SessionTokens) => Promise<void>;
}): Tokens {
  const { http, clock, log, save } = options;
  let tokens = options.initial;
  let skew = 0;
  let expired = false;
  let triedAt: number | null = null;
  let running: Promise<RefreshOutcome> | null = null;

  async function refreshOnce(): Promise<RefreshOutcome> {
    triedAt = clock.now();
    try {
      tokens = await http.refresh(tokens.refreshToken);
    } catch (error) {
      if (!(error instanceof GatewayHttpFailure)) throw error;
      const kind = AuthErrorKind.safeParse(error.kind);
      log('warn', 'token refresh failed', { kind: error.kind });
      return { ok: false, kind: kind.success ? kind.data : null };
    }
    expired = false;
    await save(tokens);
    return { ok: true };
  }

  return {
    get access() {
      return tokens.accessToken;
    },
    fresh: () => !expired && tokens.accessExpiresAt - FRESH_MARGIN > clock.now() + skew,
    refreshIn() {
      const ahead = tokens.accessExpiresAt - REFRESH_AHEAD - (clock.now() + skew);
      const earliest = triedAt === null ? 0 : Math.max(0, triedAt + MIN_REFRESH_INTERVAL - clock.now());
      return Math.max(ahead, earliest, 0);
    },
    async refresh() {
      running ??= refreshOnce().finally(() => {
        running = null;
      });
      return running;
    },
    async settled() {
      // Whoever asked for the refresh hears of its failure.
      await running?.catch(() => undefined);
    },
    serverTime(at) {
      skew = at - clock.now();
    },
    expire() {
      expired = true;
    },
  };
}
