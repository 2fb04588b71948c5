/**
 * Meta's error codes into our closed set. Source: Meta for Developers, "WhatsApp Cloud API: error codes"
 * (developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes), and "Business-scoped user IDs" for 131062.
 * `retry` says whether the very same request may succeed later without anybody doing something.
 */
import type { DeliveryError, DeliveryErrorKind } from '../../../shared/domain/message-status.ts';
import { ErrorInfo } from './webhook-schema.ts';

type Rule = { kind: DeliveryErrorKind; retry: boolean };

const never = (kind: DeliveryErrorKind): Rule => ({ kind, retry: false });
const later = (kind: DeliveryErrorKind): Rule => ({ kind, retry: true });

const RULES: ReadonlyMap<number, Rule> = new Map([
  // Authorisation
  [0, never('authorisation')], // AuthException
  [3, never('authorisation')], // API method: capability or permission
  [10, never('authorisation')], // permission denied
  [190, never('authorisation')], // access token expired
  [131005, never('authorisation')], // access denied
  // Throttling
  [4, later('rate_limited')], // application request limit
  [80007, later('rate_limited')], // account rate limit
  [130429, later('rate_limited')], // throughput of the number
  [131056, later('rate_limited')], // too many messages between this pair of numbers
  [131048, never('rate_limited')], // spam rate limit: quality must recover first
  [131064, never('rate_limited')], // messaging limit of the account
  // Integrity and account
  [368, never('account_restricted')], // temporarily blocked for policy violations
  [131031, never('account_restricted')], // account locked
  [130497, never('account_restricted')], // may not message this country
  [131045, never('account_restricted')], // number is not registered
  [133010, never('account_restricted')], // number is not registered on the platform
  [131042, never('payment')],
  // The recipient
  [131026, never('undeliverable')],
  [131049, never('undeliverable')], // Meta chose not to deliver (marketing limit per user)
  [131030, never('invalid_recipient')], // not in the list of allowed test recipients
  [131021, never('invalid_recipient')], // sender and recipient are the same
  [131062, never('invalid_recipient')], // this message may not go to a business-scoped user id
  [131047, never('window_closed')], // more than 24 hours since the customer wrote
  [131050, never('opted_out')], // stopped marketing messages
  [130472, never('experiment')],
  // Media and message
  [131051, never('unknown')], // message type not supported
  [131052, never('media_rejected')], // media download failed
  [131053, never('media_rejected')], // media upload failed
  // Templates
  [132000, never('template_parameters')], // number of parameters
  [132001, never('template_missing')], // does not exist in this language
  [132005, never('template_parameters')], // hydrated text too long
  [132007, never('template_disabled')], // format or policy violated
  [132012, never('template_parameters')], // parameter format
  [132015, never('template_paused')],
  [132016, never('template_disabled')],
  [132068, never('template_parameters')], // flow is blocked
  [132069, later('rate_limited')], // flow is throttled
  // Their side
  [1, later('unavailable')],
  [2, later('unavailable')],
  [130000, later('unavailable')],
  [131000, later('unavailable')], // something went wrong
  [131016, later('unavailable')], // service unavailable
  [131057, later('unavailable')], // account in maintenance
  [133004, later('unavailable')], // server temporarily unavailable
]);

/** Codes 200 to 299 are all permissions. */
export function ruleOf(code: number | null): Rule {
  if (code === null) return never('unknown');
  if (code >= 200 && code <= 299) return never('authorisation');
  return RULES.get(code) ?? never('unknown');
}

/** An `errors[]` item or the `error` of an answer, in our words; Meta's own words are kept beside. */
export function deliveryErrorOf(value: unknown): DeliveryError {
  const parsed = ErrorInfo.safeParse(value);
  if (!parsed.success) return { kind: 'unknown', code: null, title: 'Unknown error', details: null };
  const { code, title, message, error_data } = parsed.data;
  const known = code ?? null;
  return {
    kind: ruleOf(known).kind,
    code: known,
    title: title ?? withoutCode(message ?? 'Unknown error'),
    details: error_data?.details ?? null,
  };
}

/** Answers of the Graph API start with "(#131047) "; the code has its own place. */
function withoutCode(message: string): string {
  return message.replace(/^\(#\d+\)\s*/u, '');
}
