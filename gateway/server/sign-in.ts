/**
 * Sign-in: password, then a one-time code when the user has one. Whether the user exists can be told neither from the answer nor
 * from its time: an unknown user's password is checked against a hash that nobody has.
 */
import * as OTPAuth from 'otpauth';
import type { SignInRequest, SignInResponse } from '../../shared/protocol/session.ts';
import { hashPassword, verifyPassword } from '../store/passwords.ts';
import type { Credentials } from '../store/people.ts';
import type { ServerContext } from './context.ts';
import { AuthRefusal } from './errors.ts';
import { createRateLimit, SIGN_IN_RULES } from './rate-limit.ts';
import type { RateRules } from './rate-limit.ts';

/** Passwords that are being checked at one time: each takes 32 MB and a thread of the pool. */
const MAX_CHECKS = 16;
/** Failures of one address over all e-mail addresses, before it has to wait. */
const ADDRESS_RULES: RateRules = { ...SIGN_IN_RULES, freeTries: 50 };

export function createSignIn(context: ServerContext) {
  const perAccount = createRateLimit(SIGN_IN_RULES);
  const perAddress = createRateLimit(ADDRESS_RULES);
  const nobody = hashPassword('nobody has this password', context.passwordCost);
  let checks = 0;

  async function rightPassword(password: string, credentials: Credentials | null): Promise<boolean> {
    if (checks >= MAX_CHECKS) throw new AuthRefusal('unavailable', 503, 1_000);
    checks += 1;
    try {
      const right = await verifyPassword(password, credentials?.passwordHash ?? (await nobody));
      return right && credentials !== null && !credentials.disabled;
    } finally {
      checks -= 1;
    }
  }

  /** Checks the one-time code; a code works once. */
  function checkTotp(credentials: Credentials, secret: string, code: string | null): void {
    if (code === null || code === '') throw new AuthRefusal('totp_required');
    const totp = new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(secret) });
    const now = context.now();
    const delta = totp.validate({ token: code.replace(/\s/gu, ''), timestamp: now, window: 1 });
    if (delta === null) throw new AuthRefusal('invalid_totp');
    const counter = totp.counter({ timestamp: now }) + delta;
    if (!context.store.people.useTotp(credentials.userId, counter)) throw new AuthRefusal('invalid_totp');
  }

  return async function signIn(request: SignInRequest, address: string): Promise<SignInResponse> {
    const { store, tokenLife } = context;
    const account = `${address} ${request.email.trim().toLowerCase()}`;
    const started = context.now();
    const waitMs = Math.max(perAccount.waitMs(account, started), perAddress.waitMs(address, started));
    if (waitMs > 0) throw new AuthRefusal('rate_limited', 429, waitMs);
    // Counted before the check, or many tries at one time would all be free.
    perAccount.fail(account, started);

    const credentials = store.people.credentials(request.email);
    const right = await rightPassword(request.password, credentials);
    if (!right || credentials === null) {
      perAddress.fail(address, context.now());
      throw new AuthRefusal('invalid_credentials');
    }
    if (credentials.totpSecret !== null) checkTotp(credentials, credentials.totpSecret, request.totp);
    perAccount.succeed(account);

    const user = store.people.user(credentials.userId);
    if (user === null) throw new AuthRefusal('invalid_credentials');
    const workspace = store.people.workspace(credentials.ws);
    const end = store.terminations.get(credentials.ws);
    if (end?.cancelledAt === null && end.wipeAt !== null && end.wipeAt <= context.now())
      throw new AuthRefusal('workspace_ended');
    const { tokens, deviceId } = store.sessions.start(user.id, request.device, context.now(), tokenLife);
    const off =
      store.catalogue.policy(credentials.ws).storage === 'off' ||
      store.rules.retention(credentials.ws).storage === 'off';
    return {
      tokens,
      user,
      workspace: { id: workspace.id, name: workspace.name },
      deviceId,
      storage: off ? 'off' : 'on',
    };
  };
}
