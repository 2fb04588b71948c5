import { expect, test } from 'vitest';
import { DeliveryError } from '../../../shared/domain/message-status.ts';
import { deliveryErrorOf, ruleOf } from './error-codes.ts';

test.each([
  [131026, 'undeliverable', false],
  [131047, 'window_closed', false],
  [131050, 'opted_out', false],
  [130472, 'experiment', false],
  [130429, 'rate_limited', true],
  [131056, 'rate_limited', true],
  [80007, 'rate_limited', true],
  [131048, 'rate_limited', false],
  [131053, 'media_rejected', false],
  [132000, 'template_parameters', false],
  [132001, 'template_missing', false],
  [132015, 'template_paused', false],
  [132016, 'template_disabled', false],
  [368, 'account_restricted', false],
  [131031, 'account_restricted', false],
  [131042, 'payment', false],
  [190, 'authorisation', false],
  [200, 'authorisation', false],
  [299, 'authorisation', false],
  [131021, 'invalid_recipient', false],
  [131000, 'unavailable', true],
  [131016, 'unavailable', true],
  [999_999, 'unknown', false],
])('code %i is %s', (code, kind, retry) => {
  expect(ruleOf(code)).toEqual({ kind, retry });
});

test('an error keeps the words of the provider, without its code in them', () => {
  expect(deliveryErrorOf({ code: 131047, message: '(#131047) Re-engagement message' })).toEqual({
    kind: 'window_closed',
    code: 131047,
    title: 'Re-engagement message',
    details: null,
  });
  expect(
    deliveryErrorOf({ code: '131026', title: 'Undeliverable', error_data: { details: 'No app' } }),
  ).toEqual({
    kind: 'undeliverable',
    code: 131026,
    title: 'Undeliverable',
    details: 'No app',
  });
});

test('whatever comes in the place of an error is one', () => {
  for (const value of [
    undefined,
    null,
    7,
    'x',
    [],
    {},
    { code: {} },
    { code: 1.5 },
    { title: 5, error_data: 'x' },
  ]) {
    expect(DeliveryError.parse(deliveryErrorOf(value)).kind).toBe('unknown');
  }
});
