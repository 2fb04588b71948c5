import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Delivery, mergeDelivery, MessageStatus } from './message-status.ts';

const delivery = (status: MessageStatus, at: number, attempt = 1): Delivery => ({
  status,
  at,
  attempt,
  error:
    status === 'failed'
      ? { kind: 'undeliverable', code: 131026, title: 'Undeliverable', details: null }
      : null,
});

const anyDelivery: fc.Arbitrary<Delivery> = fc
  .tuple(
    fc.constantFrom(...MessageStatus.options),
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([status, at, attempt]) => delivery(status, at, attempt));

test('read without delivered is read, and a late delivered does not take it back', () => {
  expect(mergeDelivery(delivery('sent', 1), delivery('read', 2)).status).toBe('read');
  expect(mergeDelivery(delivery('read', 2), delivery('delivered', 3)).status).toBe('read');
});

test('delivered after failed is delivered: the customer has it', () => {
  expect(mergeDelivery(delivery('failed', 1), delivery('delivered', 2)).status).toBe('delivered');
});

test('a retry starts anew, and a late report about the first attempt does not touch it', () => {
  expect(mergeDelivery(delivery('failed', 5, 1), delivery('queued', 6, 2)).status).toBe('queued');
  expect(mergeDelivery(delivery('queued', 6, 2), delivery('failed', 7, 1))).toEqual(delivery('queued', 6, 2));
});

test('the order of reports and their repetition change nothing', () => {
  fc.assert(
    fc.property(
      fc.array(anyDelivery, { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.nat()),
      (reports, order) => {
        const shuffled = reports
          .concat(reports)
          .map((report) => ({ report, key: order.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map((entry) => entry.report);
        expect(shuffled.reduce(mergeDelivery)).toEqual(reports.reduce(mergeDelivery));
      },
    ),
  );
});
