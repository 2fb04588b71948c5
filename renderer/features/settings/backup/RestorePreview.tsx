import type { ReactNode } from 'react';
import type { BackupPreview } from '../../../../shared/contract/backup.ts';
import { count, fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import styles from './Backup.module.css';

type Numbers = Omit<BackupPreview['kinds'][number], 'kind' | 'total'>;

/** Whether a restore would change anything. */
export function bringsSomething({ kinds }: BackupPreview): boolean {
  return kinds.some(({ added, blanked, renewed }) => added + blanked + renewed > 0);
}

/** What a restore would do, kind by kind, and why something stays away. */
export function RestorePreview({ preview }: { readonly preview: BackupPreview }): ReactNode {
  const { kinds, cutoffs, unsent, person, workspace, createdAt } = preview;
  const sum = (name: keyof Numbers): number => kinds.reduce((all, kind) => all + kind[name], 0);
  const over = kinds.find(({ kind }) => kind === 'messages')?.over ?? 0;
  return (
    <div className={styles['preview']}>
      <p>{t('backup.restore.of', { person, workspace, time: fullTime(createdAt) })}</p>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('backup.restore.what')}</th>
            <th scope="col">{t('backup.restore.inIt')}</th>
            <th scope="col">{t('backup.restore.comes')}</th>
            <th scope="col">{t('backup.restore.renewed')}</th>
            <th scope="col">{t('backup.restore.stays')}</th>
            <th scope="col">{t('backup.restore.over')}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ kind, total, ...of }) => (
            <tr key={kind}>
              <th scope="row">{t(`backup.rows.${kind}`)}</th>
              <td>{count(total)}</td>
              <td className={of.added + of.blanked > 0 ? styles['comes'] : undefined}>
                {count(of.added + of.blanked)}
              </td>
              <td>{count(of.renewed)}</td>
              <td>{count(of.left)}</td>
              <td>{count(of.over + of.away)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['text']}>
        {bringsSomething(preview) ? t('backup.restore.rules') : t('backup.restore.nothing')}
      </p>
      {over === 0 || cutoffs.messages === null ? null : (
        <p>{t('backup.restore.cutoff', { time: fullTime(cutoffs.messages) })}</p>
      )}
      {sum('blanked') === 0 ? null : <p>{t('backup.restore.blanked', { count: sum('blanked') })}</p>}
      {sum('away') === 0 ? null : <p>{t('backup.restore.away', { count: sum('away') })}</p>}
      {unsent === 0 ? null : (
        <p className={styles['text']}>{t('backup.restore.unsent', { count: unsent })}</p>
      )}
    </div>
  );
}
