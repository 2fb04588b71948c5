import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useImports } from '../../../lib/queries/imports.ts';
import { momentWords } from '../place/days.ts';
import styles from './Imports.module.css';
import { StateMark } from './StateMark.tsx';

/** The imports of this machine, newest first. */
export function EarlierImports(): ReactNode {
  const { data: jobs, error } = useImports();
  return (
    <section className={styles['block']}>
      <h2 className={styles['heading']}>{t('imports.earlier')}</h2>
      {error === null ? null : <p className={styles['problem']}>{callWords(error)}</p>}
      {jobs?.length === 0 ? <p className={styles['quiet']}>{t('imports.earlierNone')}</p> : null}
      <ul>
        {jobs?.map(({ id, fileName, state, startedAt, counts }) => (
          <li key={id}>
            <a href={`#/contacts/import/${id}`} className={styles['job']}>
              <span className={styles['jobName']} dir="auto">
                {fileName}
              </span>
              <StateMark state={state} />
              <span className={styles['jobRows']}>{t('imports.rows', { count: counts.rows })}</span>
              <time className={styles['when']} dateTime={new Date(startedAt).toISOString()}>
                {momentWords(startedAt)}
              </time>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
