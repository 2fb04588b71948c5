import type { DeliveryErrorKind, MessageStatus } from '../../../../shared/domain/message-status.ts';
import type { HoldReason } from '../../../../shared/contract/rows.ts';
import { clockTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import type { Shown } from './status.ts';

/** The word for a delivery status. */
export function statusWord(status: MessageStatus): string {
  switch (status) {
    case 'queued':
      return t('message.status.queued');
    case 'sent':
      return t('message.status.sent');
    case 'delivered':
      return t('message.status.delivered');
    case 'read':
      return t('message.status.read');
    case 'played':
      return t('message.status.played');
    case 'failed':
      return t('message.status.failed');
  }
}

/** The word for what is shown of a message's way. */
export function shownWord(shown: Shown): string {
  if (shown.kind === 'sending') return t('message.status.sending');
  if (shown.kind === 'scheduled') return t('thread.scheduled.word');
  if (shown.kind === 'held') return t('message.status.held');
  if (shown.kind === 'queued' && shown.nextAttemptAt !== null) {
    return `${statusWord('queued')} · ${t('inbox.held.nextTry', { time: clockTime(shown.nextAttemptAt) })}`;
  }
  return statusWord(shown.kind);
}

/** Why the gateway did not take a message, in a sentence. */
export function heldWords(reason: HoldReason | null): string {
  switch (reason) {
    case 'window_closed':
    case 'template_not_approved':
    case 'opted_out':
    case 'blocked':
    case 'channel_suspended':
    case 'forbidden':
    case 'unsupported':
    case 'too_large':
    case 'unseen':
    case 'reassigned':
    case 'restricted':
    case 'no_consent':
      return t(`inbox.held.${reason}`);
    case null:
    case 'invalid':
    case 'not_found':
    case 'conflict':
    case 'id_reused':
    case 'rate_limited':
    case 'unavailable':
    case 'internal':
      return t('inbox.held.other');
  }
}

/** What happened, and what to do next, for each reason a provider gives. */
export function failureWords(kind: DeliveryErrorKind): { readonly what: string; readonly next: string } {
  switch (kind) {
    case 'undeliverable':
      return { what: t('message.failure.undeliverable.what'), next: t('message.failure.undeliverable.next') };
    case 'window_closed':
      return { what: t('message.failure.window_closed.what'), next: t('message.failure.window_closed.next') };
    case 'opted_out':
      return { what: t('message.failure.opted_out.what'), next: t('message.failure.opted_out.next') };
    case 'blocked':
      return { what: t('message.failure.blocked.what'), next: t('message.failure.blocked.next') };
    case 'experiment':
      return { what: t('message.failure.experiment.what'), next: t('message.failure.experiment.next') };
    case 'rate_limited':
      return { what: t('message.failure.rate_limited.what'), next: t('message.failure.rate_limited.next') };
    case 'media_rejected':
      return {
        what: t('message.failure.media_rejected.what'),
        next: t('message.failure.media_rejected.next'),
      };
    case 'template_missing':
      return {
        what: t('message.failure.template_missing.what'),
        next: t('message.failure.template_missing.next'),
      };
    case 'template_parameters':
      return {
        what: t('message.failure.template_parameters.what'),
        next: t('message.failure.template_parameters.next'),
      };
    case 'template_paused':
      return {
        what: t('message.failure.template_paused.what'),
        next: t('message.failure.template_paused.next'),
      };
    case 'template_disabled':
      return {
        what: t('message.failure.template_disabled.what'),
        next: t('message.failure.template_disabled.next'),
      };
    case 'account_restricted':
      return {
        what: t('message.failure.account_restricted.what'),
        next: t('message.failure.account_restricted.next'),
      };
    case 'payment':
      return { what: t('message.failure.payment.what'), next: t('message.failure.payment.next') };
    case 'authorisation':
      return { what: t('message.failure.authorisation.what'), next: t('message.failure.authorisation.next') };
    case 'invalid_recipient':
      return {
        what: t('message.failure.invalid_recipient.what'),
        next: t('message.failure.invalid_recipient.next'),
      };
    case 'unavailable':
      return { what: t('message.failure.unavailable.what'), next: t('message.failure.unavailable.next') };
    case 'unknown':
      return { what: t('message.failure.unknown.what'), next: t('message.failure.unknown.next') };
  }
}
