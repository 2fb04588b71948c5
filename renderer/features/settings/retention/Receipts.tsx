import type { ReactNode } from 'react';
import type { PurgeReceipt } from '../../../../shared/contract/retention.ts';
import { count, fileSize, dayAndTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { download } from '../../../lib/download.ts';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/cx.ts';
import styles from './Retention.module.css';
import { Group } from '../Row.tsx';
import { Scroll } from './Scroll.tsx';

/** What was purged on this device, newest first, with the check of the raw files. */
export function Receipts({ receipts }: { readonly receipts: readonly PurgeReceipt[] }): ReactNode {
  return (
    <Group title={t('retention.receipt.title')}>
      {receipts.length === 0 ? (
        <p className={styles['text']}>{t('retention.receipt.none')}</p>
      ) : (
        <>
          <Scroll label={t('retention.receipt.title')}>
            <table className={cx(styles['table'], styles['stack'])}>
              <thead>
                <tr>
                  <th scope="col">{t('retention.receipt.when')}</th>
                  <th scope="col">{t('retention.receipt.what')}</th>
                  <th scope="col">{t('retention.receipt.size')}</th>
                  <th scope="col">{t('retention.receipt.check')}</th>
                </tr>
              </thead>
              <tbody>
                {receipts.map((receipt) => (
                  <tr key={receipt.id}>
                    <th scope="row">{dayAndTime(receipt.finishedAt)}</th>
                    <td data-label={t('retention.receipt.what')}>
                      <span>
                        {t('retention.messages', {
                          count: receipt.counts.messages + receipt.counts.blanked,
                          n: count(receipt.counts.messages + receipt.counts.blanked),
                        })}
                        ,{' '}
                        {t('retention.receipt.others', {
                          notes: count(receipt.counts.notes),
                          files: count(receipt.counts.files),
                        })}
                        {receipt.backupsUntil === null ? null : (
                          <div className={styles['small']}>
                            {t('retention.receipt.backups', { day: dayAndTime(receipt.backupsUntil) })}
                          </div>
                        )}
                      </span>
                    </td>
                    <td data-label={t('retention.receipt.size')}>
                      <bdi>
                        {fileSize(receipt.before)} → {fileSize(receipt.after)}
                      </bdi>
                    </td>
                    <td data-label={t('retention.receipt.check')}>{scanWords(receipt)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <div className={styles['after']}>
            <Button
              size="small"
              onPress={() =>
                download(
                  new Blob([
                    JSON.stringify({ schema: 'parley.purge-receipts', version: 1, receipts }, null, 2),
                  ]),
                  'purge-receipts.json',
                )
              }
            >
              {t('retention.receipt.export')}
            </Button>
          </div>
        </>
      )}
    </Group>
  );
}

function scanWords({ scan }: PurgeReceipt): string {
  if (scan === null) return t('retention.receipt.unchecked');
  return scan.found === 0
    ? t('retention.receipt.clean', { n: count(scan.samples) })
    : t('retention.receipt.found', { n: count(scan.found) });
}
