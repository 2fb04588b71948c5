import type { ReactNode } from 'react';
import type { ImportJob } from '../../../../shared/contract/imports.ts';
import { ENCODINGS } from '../../../../shared/text/encodings.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { ChooseFile } from './FileDrop.tsx';
import styles from './Imports.module.css';
import { usePosting } from './posting.ts';
import type { Reading } from './postFile.ts';

const DELIMITERS = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'pipe'],
] as const;

export interface FileFactsProps {
  readonly job: ImportJob;
  readonly onShow: (importId: string) => void;
}

/** What the file is, and reading it another way: the same file goes over again. */
export function FileFacts({ job, onShow }: FileFactsProps): ReactNode {
  const bridge = useBridge();
  const { files, post } = usePosting();
  const file = files.get(job.id);
  const { encoding, delimiter, format } = job;
  const own = DELIMITERS.some(([value]) => value === delimiter);
  const again = (chosen: File, reading: Reading): void => {
    void post(bridge, chosen, reading, job.id).then((id) => {
      if (id !== null) onShow(id);
    });
  };
  return (
    <section className={styles['block']} aria-label={t('imports.step.file')}>
      <div className={styles['facts']}>
        <div className={styles['fact']}>
          <span className={styles['factName']}>{t('imports.file.format')}</span>
          <span>{t(`imports.file.formats.${format}`)}</span>
          <span className={styles['quiet']}>{t('imports.rows', { count: job.counts.rows })}</span>
        </div>
        <SelectField
          label={t('imports.file.encoding')}
          value={encoding}
          isDisabled={file === undefined}
          options={[...new Set([encoding, ...ENCODINGS])]
            .filter((each) => each !== '')
            .map((each) => ({ value: each, label: each.toUpperCase() }))}
          onChange={(value) => {
            if (file !== undefined) again(file, { encoding: value, delimiter: null });
          }}
        />
        {format === 'csv' ? (
          <SelectField
            label={t('imports.file.delimiter')}
            value={delimiter ?? ''}
            isDisabled={file === undefined}
            options={[
              ...(own || delimiter === null ? [] : [{ value: delimiter, label: delimiter }]),
              ...DELIMITERS.map(([value, name]) => ({
                value,
                label: t(`imports.file.delimiters.${name}`),
              })),
            ]}
            onChange={(value) => {
              if (file !== undefined) again(file, { encoding: encoding || null, delimiter: value });
            }}
          />
        ) : null}
      </div>
      {file === undefined ? (
        <div className={styles['row']}>
          <ChooseFile
            words={t('imports.file.chooseAgain')}
            onFile={(chosen) => again(chosen, { encoding: null, delimiter: null })}
          />
        </div>
      ) : (
        <p className={styles['quiet']}>{t('imports.file.again')}</p>
      )}
    </section>
  );
}
