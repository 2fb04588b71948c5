/** `statuses[]`: what became of messages that we sent. */
import type { DeliveryError } from '../../../shared/domain/message-status.ts';
import { callStatusFacts } from './calls.ts';
import { deliveryErrorOf } from './error-codes.ts';
import type { Mapped, Scope } from './scope.ts';
import { facts, reported } from './scope.ts';
import { StatusFrame, timeOf } from './webhook-schema.ts';

const STATUSES = new Set(['sent', 'delivered', 'read', 'played', 'failed'] as const);
type Known = typeof STATUSES extends Set<infer T> ? T : never;

/**
 * One item of `statuses`. Of a message to a group each participant reports: the first who has read it makes it read, which is
 * all that one state per message can say.
 */
export function statusFacts(scope: Scope, raw: unknown): Mapped {
  const parsed = StatusFrame.safeParse(raw);
  if (!parsed.success) return reported(scope, 'misfit', 'status without id');
  const frame = parsed.data;
  const at = timeOf(frame.timestamp, scope.receivedAt);
  if (frame.type === 'call') return callStatusFacts(scope, frame, at);
  const status = frame.status.toLowerCase();
  if (status === 'deleted') {
    return facts({ type: 'delete', channelId: scope.channelId, providerId: frame.id, at, by: 'contact' });
  }
  if (!isKnown(status)) return reported(scope, 'notice', `status ${status}`);
  const error: DeliveryError | null = status === 'failed' ? deliveryErrorOf(frame.errors[0]) : null;
  const key = frame.biz_opaque_callback_data;
  return facts({
    type: 'status',
    channelId: scope.channelId,
    providerId: frame.id,
    status,
    at,
    error,
    ...(key != null && { idempotencyKey: key }),
  });
}

function isKnown(status: string): status is Known {
  return (STATUSES as Set<string>).has(status);
}
