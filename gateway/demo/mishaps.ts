/** What went wrong in the demo: reasons why messages were not delivered, with the codes that Meta gives (see error-codes.ts). */
import type { DeliveryError } from '../../shared/domain/message-status.ts';

const failure = (
  kind: DeliveryError['kind'],
  code: number,
  title: string,
  details: string,
): DeliveryError => ({
  kind,
  code,
  title,
  details,
});

export const MISHAPS: readonly DeliveryError[] = [
  failure(
    'undeliverable',
    131026,
    'Message undeliverable',
    'The number may not be on WhatsApp, or its app is too old.',
  ),
  failure(
    'window_closed',
    131047,
    'Re-engagement message',
    'More than 24 hours have passed since the customer last replied.',
  ),
  failure('media_rejected', 131053, 'Media upload error', 'The type of the file is not supported.'),
  failure('rate_limited', 131056, 'Pair rate limit hit', 'Too many messages to this number in a short time.'),
  failure(
    'experiment',
    130472,
    "User's number is part of an experiment",
    'The message was not sent as part of an experiment.',
  ),
  failure('unavailable', 131016, 'Service unavailable', 'The service was overloaded for a moment.'),
  failure('template_paused', 132015, 'Template is paused', 'The template was paused because of low quality.'),
  failure(
    'opted_out',
    131050,
    'User has stopped marketing messages',
    'The customer does not want marketing messages.',
  ),
];
