import type { RecoveryTypo } from '../../shared/domain/recovery-key.ts';
import { t } from '../i18n/t.ts';

/** What is wrong with a recovery key as it was typed, by its group. */
export function typoWords(typo: RecoveryTypo): string {
  switch (typo.kind) {
    case 'length':
      return t('security.recovery.typo.length', { groups: typo.groups });
    case 'character':
      return t('security.recovery.typo.character', { group: typo.group, character: typo.character });
    case 'group':
      return t('security.recovery.typo.group', { group: typo.group });
  }
}
