import { CallFailure } from '../../shared/contract/errors.ts';
import { t } from '../i18n/t.ts';

/** A sentence for whatever a call was rejected with. Never the error's own message, which is for developers. */
export function callWords(error: unknown): string {
  if (!(error instanceof CallFailure)) return t('call.internal');
  const { kind, gateway } = error.error;
  if (kind !== 'refused') return t(`call.${kind}`);
  switch (gateway) {
    case 'window_closed':
    case 'opted_out':
    case 'no_consent':
    case 'restricted':
    case 'blocked':
    case 'forbidden':
    case 'rate_limited':
    case 'conflict':
    case 'channel_suspended':
    case 'unavailable':
      return t(`call.gateway.${gateway}`);
    default:
      return t('call.refused');
  }
}
