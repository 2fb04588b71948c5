import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { useReady } from '../../lib/queries/hooks.ts';
import { Devices } from './devices/Devices.tsx';
import { Group, Row } from './Row.tsx';
import styles from './Settings.module.css';

/** Who one is here, and where else one is signed in. */
export function Account(): ReactNode {
  const { me } = useReady();
  return (
    <>
      <Group>
        <Row isLabelled={false} title={t('settings.account.me')} hint={t('settings.account.meHint')}>
          <span className={styles['value']}>
            <bdi>{me.name}</bdi> · <bdi>{me.email}</bdi> · {t(`app.user.role.${me.role}`)}
          </span>
        </Row>
      </Group>
      <h2 className={styles['heading']}>{t('settings.section.devices')}</h2>
      <Devices />
    </>
  );
}
