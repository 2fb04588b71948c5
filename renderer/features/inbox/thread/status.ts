/**
 * What may be said about the way of an outgoing message: only what was acknowledged. The provider's word comes first; what this machine
 * knows (waiting, under way, held) speaks while the gateway has not taken the message.
 */
import type { HoldReason, OutboxStatus } from '../../../../shared/contract/rows.ts';
import type { DeliveryError, MessageStatus } from '../../../../shared/domain/message-status.ts';
import type { Message } from '../../../../shared/domain/message.ts';

export type Shown =
  | { readonly kind: 'queued'; readonly nextAttemptAt: number | null }
  | { readonly kind: 'sending' }
  | { readonly kind: 'scheduled'; readonly at: number }
  | { readonly kind: 'held'; readonly reason: HoldReason | null }
  | { readonly kind: 'failed'; readonly error: DeliveryError | null; readonly retrying: boolean }
  | { readonly kind: Exclude<MessageStatus, 'queued' | 'failed'> };

/** Null for a message that was not sent from here (inbound), which has no status. `now` in ms. */
export function shownStatus(
  message: Pick<Message, 'delivery'>,
  outbox: OutboxStatus | null,
  now: number = Date.now(),
): Shown | null {
  const delivery = message.delivery;
  if (outbox !== null) {
    if (outbox.state === 'held') return { kind: 'held', reason: outbox.error };
    if (delivery === null || delivery.status === 'queued') {
      if (outbox.state === 'sending') return { kind: 'sending' };
      if (outbox.state === 'scheduled' && outbox.sendAt !== null && isLater(now, outbox.sendAt))
        return { kind: 'scheduled', at: outbox.sendAt };
      return { kind: 'queued', nextAttemptAt: outbox.state === 'waiting' ? outbox.nextAttemptAt : null };
    }
  }
  if (delivery === null) return null;
  if (delivery.status === 'failed')
    return { kind: 'failed', error: delivery.error, retrying: outbox !== null };
  if (delivery.status === 'queued') return { kind: 'queued', nextAttemptAt: null };
  return { kind: delivery.status };
}

/** Longest time to undo of the settings, with some room, in ms: what goes that soon was not scheduled by anybody, or is about to go. */
const TIME_TO_UNDO = 31_000;

function isLater(now: number, sendAt: number): boolean {
  return sendAt - now > TIME_TO_UNDO;
}
