/** Refusals, in the closed sets of the protocol. Their messages are for logs and never carry what somebody wrote. */
import type { z } from 'zod';
import type { AuthErrorKind, Deed, GatewayError, GatewayErrorKind } from '../../shared/protocol/errors.ts';

const WORDS: Record<GatewayErrorKind, string> = {
  invalid: 'the request does not fit the protocol',
  not_found: 'there is no such thing, or it is not yours',
  forbidden: 'you may not do this',
  window_closed: 'the answering window is closed',
  template_not_approved: 'the template is not approved',
  opted_out: 'the contact has opted out of marketing',
  no_consent: 'there is no recorded consent',
  restricted: 'the data of the contact may only be kept',
  blocked: 'the contact is blocked',
  channel_suspended: 'the channel is suspended',
  unsupported: 'the channel cannot do this',
  too_large: 'it is too large',
  conflict: 'the state has moved on',
  unseen: 'somebody else has written meanwhile',
  id_reused: 'the id was used before',
  rate_limited: 'too many requests',
  unavailable: 'the gateway cannot do it now',
  internal: 'the gateway failed',
};

/** A refusal on its way out of a handler. */
export class Refusal extends Error {
  readonly refusal: GatewayError;
  constructor(kind: GatewayErrorKind, detail?: string, afterMs: number | null = null, since?: Deed) {
    const message = detail === undefined ? WORDS[kind] : `${WORDS[kind]}: ${detail}`;
    super(message);
    this.name = 'Refusal';
    this.refusal = { kind, retry: afterMs === null ? retryOf(kind) : 'after', afterMs, message };
    if (since !== undefined) this.refusal.since = since;
  }
}

function retryOf(kind: GatewayErrorKind): GatewayError['retry'] {
  return kind === 'internal' ? 'now' : 'never';
}

/** Anything thrown, as a refusal: what is not ours becomes `internal` without its message. */
export function refusalOf(error: unknown): GatewayError {
  if (error instanceof Refusal) return error.refusal;
  return { kind: 'internal', retry: 'after', afterMs: 5_000, message: WORDS.internal };
}

/** A refused sign-in, refresh or token, with its HTTP status. */
export class AuthRefusal extends Error {
  readonly kind: AuthErrorKind;
  readonly status: number;
  readonly retryAfterMs: number | null;
  constructor(kind: AuthErrorKind, status = 401, retryAfterMs: number | null = null) {
    super(kind);
    this.name = 'AuthRefusal';
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Path and code of the first issue: never the offending value. */
export function issueOf(error: z.ZodError): string {
  const first = error.issues[0];
  return first === undefined ? 'invalid' : `${first.path.map(String).join('.')}: ${first.code}`;
}

/** The HTTP status of a refusal. */
export function statusOf(kind: GatewayErrorKind): number {
  switch (kind) {
    case 'not_found':
      return 404;
    case 'forbidden':
      return 403;
    case 'too_large':
      return 413;
    case 'conflict':
    case 'unseen':
    case 'id_reused':
      return 409;
    case 'rate_limited':
      return 429;
    case 'unavailable':
      return 503;
    case 'internal':
      return 500;
    default:
      return 400;
  }
}
