/** Why a call from the page was refused: a closed set. The page has one sentence and one next step for each. */
import { z } from 'zod';
import { AuthErrorKind, GatewayErrorKind } from '../protocol/errors.ts';

export const CallErrorKind = z.enum([
  /** The sender is not the application's own page. */
  'forbidden_sender',
  /** There is no call of this name. */
  'unknown_call',
  /** The input does not fit the schema: a bug in the page. */
  'invalid_input',
  /** The application is not in a state to answer: locked, signed out, starting. */
  'not_ready',
  'not_found',
  /** A value that somebody typed does not fit; `value` says which and why. */
  'invalid_value',
  /** The user's role does not allow it. */
  'forbidden',
  /** Needs the gateway, and it cannot be reached. */
  'offline',
  /** The gateway refused; `gateway` says why. */
  'refused',
  /** Sign-in or token refused; `auth` says why. */
  'sign_in_refused',
  'wrong_passphrase',
  'weak_passphrase',
  /** Too many wrong passphrases; `retryAfterMs` says when the next one is tried. */
  'too_soon',
  'wrong_recovery_key',
  'key_unavailable',
  'disk_full',
  'cache_damaged',
  'internal',
]);
export type CallErrorKind = z.infer<typeof CallErrorKind>;

/** `message` is English, for logs and developers; never shown to an agent, never contains message text. */
export const CallError = z.object({
  kind: CallErrorKind,
  message: z.string(),
  gateway: GatewayErrorKind.nullish(),
  auth: AuthErrorKind.nullish(),
  /** Which value, by its name in the patch (`phone`, `field:ID`), and the reason as a code that the page has words for. */
  value: z.object({ name: z.string(), reason: z.string() }).nullish(),
  retryAfterMs: z.number().int().nonnegative().nullish(),
});
export type CallError = z.infer<typeof CallError>;

/** A call error as an exception, on both sides of the contract. */
export class CallFailure extends Error {
  readonly error: CallError;

  constructor(error: CallError) {
    super(`${error.kind}: ${error.message}`);
    this.name = 'CallFailure';
    this.error = error;
  }
}
