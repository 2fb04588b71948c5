import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, CircleHelp, CircleMinus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CheckVerdict, SecurityCheck } from '../../../../shared/contract/security.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { Button } from '../../../ui/Button.tsx';
import { Group, Row } from '../Row.tsx';
import { reasonWords } from './checkWords.ts';
import styles from './Security.module.css';

const ICONS: Readonly<Record<CheckVerdict, typeof CircleCheck>> = {
  good: CircleCheck,
  warning: TriangleAlert,
  bad: CircleAlert,
  unknown: CircleHelp,
  not_applicable: CircleMinus,
};

/** What protects the messages, read at this moment from what is in use. */
export function SelfCheck(): ReactNode {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: ['security.check'],
    queryFn: () => bridge.call('security.check', {}),
    refetchOnMount: 'always',
    retry: false,
  });
  return (
    <Group title={t('security.check.title')}>
      <Row isLabelled={false} title={t('security.check.row')} hint={t('security.check.hint')}>
        <Button size="small" isPending={query.isFetching} onPress={() => void query.refetch()}>
          {t('security.check.again')}
        </Button>
      </Row>
      {query.isError ? <p role="alert">{callWords(query.error)}</p> : null}
      {(query.data ?? []).map((check) => (
        <Line key={check.subject} check={check} />
      ))}
    </Group>
  );
}

function Line({ check }: { readonly check: SecurityCheck }): ReactNode {
  const Icon = ICONS[check.verdict];
  const values = check.values.join(' · ');
  return (
    <div className={styles['check']} data-subject={check.subject}>
      <div className={styles['what']}>
        <span>{t(`security.check.subject.${check.subject}`)}</span>
        <span className={styles['why']}>{reasonWords(check)}</span>
        {values === '' ? null : (
          <bdi className={styles['values']} dir="ltr">
            {values}
          </bdi>
        )}
      </div>
      <span className={styles['verdict']} data-verdict={check.verdict}>
        <Icon size={14} aria-hidden="true" />
        {t(`security.check.verdict.${check.verdict}`)}
      </span>
    </div>
  );
}
