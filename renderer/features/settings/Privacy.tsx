import type { ReactNode } from 'react';
import { count, dayAndTime } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { useRetention } from '../../lib/queries/retention.ts';
import { useNow } from '../../lib/useNow.ts';
import { PromiseList } from './promises/Promises.tsx';
import { Group, Row } from './Row.tsx';
import styles from './Settings.module.css';

/** Requests of people about their data are worked on at the rights desk; below, everything that the gateway promised about it. */
export function Privacy(): ReactNode {
  const policy = useRetention().data?.policy ?? null;
  const now = useNow(60_000);
  return (
    <>
      <Group>
        <Row isLabelled={false} title={t('settings.privacy.desk')} hint={t('settings.privacy.deskHint')}>
          <a href="#/contacts/rights" className={styles['go']}>
            {t('settings.privacy.open')}
          </a>
        </Row>
      </Group>
      {policy === null ? null : (
        <Group
          title={t('retention.promises.version', {
            name: policy.name,
            version: count(policy.version),
            day: dayAndTime(policy.effectiveAt),
          })}
        >
          <PromiseList policy={policy} now={now} />
        </Group>
      )}
    </>
  );
}
