import type { ReactNode } from 'react';
import type { BackupJob } from '../../../../shared/contract/backup.ts';
import { percent } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import styles from './Backup.module.css';
import { backupWords } from './words.ts';

/** What is being done, how far it is, and the way to stop it. */
export function JobProgress({ job }: { readonly job: BackupJob }): ReactNode {
  const bridge = useBridge();
  const label = t(`backup.stage.${job.stage}`);
  return (
    <div className={styles['job']}>
      <div className={styles['jobWords']}>
        <span>{label}</span>
        {job.share === null ? null : <span className={styles['share']}>{percent(job.share)}</span>}
      </div>
      <Progress label={label} value={job.share} />
      <Button
        size="small"
        onPress={() => {
          bridge
            .call('backup.cancel', {})
            .catch((error: unknown) => useNotices.getState().show(backupWords(error)));
        }}
      >
        {t('app.cancel')}
      </Button>
    </div>
  );
}
