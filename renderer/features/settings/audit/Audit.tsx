import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { count, fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { AuditActions } from './AuditActions.tsx';
import { AuditList } from './AuditList.tsx';
import styles from './Audit.module.css';

/** What was done on this machine. Owners read it; everybody else learns that it is kept. */
export function Audit(): ReactNode {
  const bridge = useBridge();
  const { data } = useQuery({
    queryKey: ['audit', 'state'],
    queryFn: () => bridge.call('audit.state', {}),
    refetchOnMount: 'always',
  });
  return (
    <>
      <p className={styles['text']}>{t('audit.text')}</p>
      {data === undefined ? null : (
        <p className={styles['text']}>
          {t('audit.extent', { count: data.entries, number: count(data.entries) })}
          {data.since === null ? null : ` · ${t('audit.since', { time: fullTime(data.since) })}`}
        </p>
      )}
      {data === undefined ? null : data.mayRead ? (
        <>
          <AuditActions />
          <AuditList />
        </>
      ) : (
        <p>{t('audit.ownersOnly')}</p>
      )}
    </>
  );
}
