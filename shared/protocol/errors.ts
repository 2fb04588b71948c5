/** Why the gateway refused something: a closed set, with what the desktop does about it. */
import { z } from 'zod';

export const GatewayErrorKind = z.enum([
  /** The request does not fit the protocol. A bug or a hostile client: never retried. */
  'invalid',
  /** The thing does not exist, or this user may not know that it does. */
  'not_found',
  /** The user may see it but not do this. */
  'forbidden',
  /** The answering window is closed: only a template may be sent. */
  'window_closed',
  'template_not_approved',
  /** The contact has opted out of marketing. */
  'opted_out',
  /** A message of the company's initiative, without recorded consent and without a reason for doing without. */
  'no_consent',
  /** The contact's data may only be kept, not used. */
  'restricted',
  /** The contact is blocked by the company. */
  'blocked',
  'channel_suspended',
  /** The channel cannot do this (capabilities). */
  'unsupported',
  'too_large',
  /** The state has moved on (for example: a retry of a message that has not failed). */
  'conflict',
  /** Somebody else has written in this conversation what the sender has not seen yet. */
  'unseen',
  /** The command id was used before, by somebody else or for something else. */
  'id_reused',
  'rate_limited',
  /** The gateway cannot do it now: busy, starting, or its provider is away. */
  'unavailable',
  'internal',
]);
export type GatewayErrorKind = z.infer<typeof GatewayErrorKind>;

/** `by`: a user; null: somebody with the company's own telephone. */
export const Deed = z.object({
  by: z.string().nullable(),
  what: z.enum(['answered', 'noted', 'passed_on', 'changed']),
});
export type Deed = z.infer<typeof Deed>;

/**
 * `retry`: `never` (the same command will fail again), `after` (wait `afterMs`), `now` (the same command may be sent at once).
 * `message` is English for logs; the page shows its own words for `kind`.
 */
export const GatewayErrorSchema = z.object({
  kind: GatewayErrorKind,
  retry: z.enum(['never', 'after', 'now']),
  afterMs: z.number().int().nonnegative().nullable(),
  message: z.string(),
  /** With `conflict` of an undo: what somebody has done since. */
  since: Deed.nullish(),
});
export type GatewayError = z.infer<typeof GatewayErrorSchema>;

/** What a refused sign-in, refresh or socket handshake says (`data.kind` of the connect error, `kind` of an HTTP answer). */
export const AuthErrorKind = z.enum([
  'invalid_credentials',
  'totp_required',
  'invalid_totp',
  'rate_limited',
  'session_expired',
  'device_revoked',
  'user_disabled',
  /** The session has ended, and what this device has of the workspace has to go: somebody asked for that. Answered by a receipt. */
  'device_wipe',
  /** The workspace has come to its end: what this device has of it has to go. */
  'workspace_ended',
  'protocol_mismatch',
  'invalid',
  'unavailable',
]);
export type AuthErrorKind = z.infer<typeof AuthErrorKind>;
