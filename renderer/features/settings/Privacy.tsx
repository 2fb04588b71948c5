import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { Group, Row } from './Row.tsx';
import styles from './Settings.module.css';

/** Requests of people about their data are worked on at the rights desk. */
export function Privacy(): ReactNode {
  return (
    <Group>
      <Row isLabelled={false} title={t('settings.privacy.desk')} hint={t('settings.privacy.deskHint')}>
        <a href="#/contacts/rights" className={styles['go']}>
          {t('settings.privacy.open')}
        </a>
      </Row>
    </Group>
  );
}
