/** What simulated customers do, as facts. */
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import type { DeliveryError } from '../../../shared/domain/message-status.ts';
import type { ProviderFact } from '../provider.ts';
import type { CastMember } from './cast.ts';

export function saidFact(
  member: CastMember,
  providerId: string,
  content: MessageContent,
  at: number,
  quotedProviderId: string | null = null,
): ProviderFact {
  return {
    type: 'message',
    channelId: member.channelId,
    party: member.party,
    direction: 'in',
    providerId,
    dedupKey: providerId,
    sentAt: at,
    content,
    quotedProviderId,
    forwarded: 'no',
    referral: null,
  };
}

export function statusFact(
  channelId: string,
  providerId: string,
  status: 'sent' | 'delivered' | 'read' | 'played' | 'failed',
  at: number,
  error: DeliveryError | null = null,
): ProviderFact {
  return { type: 'status', channelId, providerId, status, at, error };
}

/** Failures that happen now and then, with the codes of Meta's reference (see whatsapp-cloud/error-codes.ts). */
export const FAILURES: readonly DeliveryError[] = [
  { kind: 'undeliverable', code: 131026, title: 'Message undeliverable', details: null },
  {
    kind: 'undeliverable',
    code: 131049,
    title: 'Not delivered to maintain healthy engagement',
    details: null,
  },
  { kind: 'experiment', code: 130472, title: "User's number is part of an experiment", details: null },
  { kind: 'rate_limited', code: 131056, title: 'Pair rate limit hit', details: null },
];
