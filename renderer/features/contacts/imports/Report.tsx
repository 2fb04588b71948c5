import {
  ChevronLeft,
  ChevronRight,
  CircleAlert,
  CircleMinus,
  CirclePlus,
  Download,
  Pencil,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ImportJob, ImportLine } from '../../../../shared/contract/imports.ts';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import { LINES, useImportLines } from '../../../lib/queries/imports.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { useImportActions } from './actions.ts';
import styles from './Imports.module.css';
import { reasonWords } from './words.ts';

type Verdict = ImportLine['verdict'];

const VERDICTS = ['create', 'update', 'skip', 'bad'] as const satisfies ReadonlyArray<Verdict>;
const ICONS = { create: CirclePlus, update: Pencil, skip: CircleMinus, bad: CircleAlert } as const;

/** What the dry run found: totals, and every row with its line, column and reason. */
export function Report({ job, title }: { readonly job: ImportJob; readonly title: string }): ReactNode {
  const { saveReport } = useImportActions(job.id);
  // What is wrong is what one came to see.
  const [shown, setShown] = useState<Verdict | 'all'>(job.counts.bad > 0 ? 'bad' : 'all');
  const [offset, setOffset] = useState(0);
  const { data, error } = useImportLines(job, shown === 'all' ? null : shown, offset);
  const total = data?.total ?? 0;
  return (
    <section className={styles['block']}>
      <div className={styles['goingWords']}>
        <h2 className={styles['heading']}>{title}</h2>
        <Button size="small" icon={<Download size={14} />} onPress={() => saveReport(job.fileName)}>
          {t('imports.report.save')}
        </Button>
      </div>
      <dl className={styles['totals']}>
        {VERDICTS.map((verdict) => {
          const Icon = ICONS[verdict];
          return (
            <div key={verdict} className={styles['total']} data-verdict={verdict}>
              <dt className={styles['totalName']}>
                <Icon size={14} aria-hidden="true" />
                {t(`imports.report.verdict.${verdict}`)}
              </dt>
              <dd className={styles['totalNumber']}>{count(job.counts[verdict])}</dd>
            </div>
          );
        })}
      </dl>
      <div className={styles['goingWords']}>
        <Segmented<Verdict | 'all'>
          label={t('imports.report.show')}
          value={shown}
          segments={[
            { value: 'all', label: t('imports.report.all') },
            ...VERDICTS.map((value) => ({ value, label: t(`imports.report.verdict.${value}`) })),
          ]}
          onChange={(value) => {
            setShown(value);
            setOffset(0);
          }}
        />
        <span className={styles['pager']}>
          <span className={styles['number']}>
            {total === 0
              ? null
              : t('imports.report.range', {
                  from: count(offset + 1),
                  to: count(Math.min(total, offset + LINES)),
                  total: count(total),
                })}
          </span>
          <IconButton
            label={t('imports.report.previous')}
            isDisabled={offset === 0}
            onPress={() => setOffset(Math.max(0, offset - LINES))}
          >
            <ChevronLeft size={16} className={styles['flip']} />
          </IconButton>
          <IconButton
            label={t('imports.report.next')}
            isDisabled={offset + LINES >= total}
            onPress={() => setOffset(offset + LINES)}
          >
            <ChevronRight size={16} className={styles['flip']} />
          </IconButton>
        </span>
      </div>
      {error === null ? null : <p className={styles['problem']}>{callWords(error)}</p>}
      {data !== undefined && total === 0 ? (
        <p className={styles['quiet']}>{t('imports.report.none')}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by the keyboard
        <div className={styles['lines']} role="region" aria-label={title} tabIndex={0}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col" className={styles['lineNumber']}>
                  {t('imports.report.line')}
                </th>
                <th scope="col">{t('imports.report.result')}</th>
                <th scope="col">{t('imports.report.name')}</th>
                <th scope="col">{t('imports.report.column')}</th>
                <th scope="col">{t('imports.report.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {data?.lines.map((line, index) => (
                <Line key={`${String(line.line)} ${String(index)}`} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Line({ line }: { readonly line: ImportLine }): ReactNode {
  const Icon = ICONS[line.verdict];
  return (
    <tr>
      <td className={styles['lineNumber']}>{count(line.line)}</td>
      <td>
        <span className={styles['verdict']} data-verdict={line.verdict}>
          <Icon size={14} aria-hidden="true" />
          {t(`imports.report.verdict.${line.verdict}`)}
        </span>
      </td>
      <td>
        {line.contactId === null || line.verdict === 'create' ? (
          <bdi>{line.name}</bdi>
        ) : (
          <a href={`#/contacts/${line.contactId}`} className={styles['who']}>
            <bdi>{line.name}</bdi>
          </a>
        )}
      </td>
      <td>
        <bdi>{line.column}</bdi>
      </td>
      <td>{reasonWords(line)}</td>
    </tr>
  );
}
