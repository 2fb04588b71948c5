import { expect, test } from 'vitest';
import type { OutboxStatus } from '../../../../shared/contract/rows.ts';
import type { Delivery, MessageStatus } from '../../../../shared/domain/message-status.ts';
import { shownStatus } from './status.ts';

const delivery = (status: MessageStatus): { delivery: Delivery } => ({
  delivery: { status, at: 1, attempt: 1, error: null },
});
const outbox = (state: OutboxStatus['state']): OutboxStatus => ({
  id: 'x',
  state,
  sendAt: state === 'scheduled' ? 100_000 : null,
  attempts: 1,
  nextAttemptAt: 5,
  error: state === 'held' ? 'window_closed' : null,
});

test('an inbound message has no status', () => {
  expect(shownStatus({ delivery: null }, null)).toBeNull();
});

test('acked by the gateway is still queued until the provider has it', () => {
  expect(shownStatus(delivery('queued'), outbox('waiting'))).toEqual({ kind: 'queued', nextAttemptAt: 5 });
  expect(shownStatus(delivery('queued'), outbox('sending'))).toEqual({ kind: 'sending' });
  expect(shownStatus(delivery('queued'), outbox('sent'))).toEqual({ kind: 'queued', nextAttemptAt: null });
  expect(shownStatus(delivery('queued'), null)).toEqual({ kind: 'queued', nextAttemptAt: null });
});

test("the provider's word comes before what the outbox still says, but a hold shows", () => {
  expect(shownStatus(delivery('delivered'), outbox('sent'))).toEqual({ kind: 'delivered' });
  expect(shownStatus(delivery('queued'), outbox('held'))).toEqual({ kind: 'held', reason: 'window_closed' });
});

test('for later is said as long as it is later, not in the time to undo', () => {
  expect(shownStatus(delivery('queued'), outbox('scheduled'), 1)).toEqual({ kind: 'scheduled', at: 100_000 });
  expect(shownStatus(delivery('queued'), outbox('scheduled'), 90_000)).toMatchObject({ kind: 'queued' });
});

test('a failed message that is being retried says both', () => {
  expect(shownStatus(delivery('failed'), null)).toEqual({ kind: 'failed', error: null, retrying: false });
  expect(shownStatus(delivery('failed'), outbox('waiting'))).toMatchObject({
    kind: 'failed',
    retrying: true,
  });
});
