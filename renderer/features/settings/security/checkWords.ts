import type { SecurityCheck } from '../../../../shared/contract/security.ts';
import { t } from '../../../i18n/t.ts';
import type { en } from '../../../i18n/en.ts';

type Reason = keyof (typeof en)['security']['check']['reason'];

/** The sentence for a line of the self-check; a reason that this page does not know says so. */
export function reasonWords({ subject, reason }: Pick<SecurityCheck, 'subject' | 'reason'>): string {
  return t(`security.check.reason.${`${subject}_${reason}` as Reason}`, {
    defaultValue: t('security.check.verdict.unknown'),
  });
}
