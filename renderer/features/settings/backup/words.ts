import { BackupProblem } from '../../../../shared/contract/backup.ts';
import { CallFailure } from '../../../../shared/contract/errors.ts';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';

/** A sentence for what went wrong with a backup. */
export function backupWords(error: unknown): string {
  if (error instanceof CallFailure) {
    const { value } = error.error;
    if (value?.reason === 'not_absolute') return t('backup.problem.not_absolute');
    const problem = BackupProblem.safeParse(value?.reason);
    if (problem.success) return t(`backup.problem.${problem.data}`);
  }
  return callWords(error);
}
