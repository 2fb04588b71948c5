import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { useReady } from '../../lib/queries/hooks.ts';
import { LICENCES } from './licences.ts';
import { Group, Row } from './Row.tsx';
import styles from './Settings.module.css';

/** Which Parley this is, which gateway it talks to, and what it is made with. */
export function About(): ReactNode {
  const bridge = useBridge();
  const { gateway } = useReady();
  const { data } = useQuery({
    queryKey: ['diagnostics'],
    queryFn: () => bridge.call('diagnostics.get', {}),
  });
  return (
    <>
      <Group>
        <Row isLabelled={false} title={t('settings.diagnostics.version')}>
          <bdi className={styles['value']}>{data?.version}</bdi>
        </Row>
        <Row isLabelled={false} title={t('settings.diagnostics.protocol')}>
          <bdi className={styles['value']}>{data?.protocol}</bdi>
        </Row>
        <Row isLabelled={false} title={t('settings.workspace.gateway')}>
          <bdi className={styles['value']}>{gateway}</bdi>
        </Row>
      </Group>
      <Group title={t('settings.about.licences')}>
        <p className={styles['text']}>{t('settings.about.licencesHint')}</p>
        {LICENCES.map(({ name, version, licence }) => (
          <Row key={name} isLabelled={false} title={`${name} ${version}`}>
            <bdi className={styles['value']}>{licence}</bdi>
          </Row>
        ))}
      </Group>
    </>
  );
}
