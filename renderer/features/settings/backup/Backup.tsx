import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBackup } from '../../../lib/queries/backup.ts';
import { useExporting } from '../../../lib/stores/exporting.ts';
import { Button } from '../../../ui/Button.tsx';
import { Group, Row } from '../Row.tsx';
import styles from './Backup.module.css';
import { Making } from './Making.tsx';
import { Restore } from './Restore.tsx';
import { backupWords } from './words.ts';

/** Copies of what is on this machine: written, brought back, and conversations as files for others. */
export function Backup(): ReactNode {
  const { data, error, again } = useBackup();
  const ask = useExporting((state) => state.ask);
  return (
    <>
      {data === undefined ? (
        error === null ? null : (
          <p className={styles['text']}>
            {backupWords(error)} <Button onPress={again}>{t('app.retry')}</Button>
          </p>
        )
      ) : data.storage === 'off' ? (
        <p className={styles['text']}>{t('backup.storageOff')}</p>
      ) : (
        <>
          <p className={styles['text']}>{t('backup.text')}</p>
          <Making key={`${data.folder} ${String(data.hasKey)}`} state={data} />
          <Restore key={`restore ${data.folder}`} state={data} />
        </>
      )}
      <Group title={t('backup.export.title')}>
        <Row title={t('backup.export.all')} hint={t('backup.export.hint')} isLabelled={false}>
          <Button onPress={() => ask({ all: true })}>{t('backup.export.open')}</Button>
        </Row>
      </Group>
    </>
  );
}
