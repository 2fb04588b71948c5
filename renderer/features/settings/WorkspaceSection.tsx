import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { useDirectory, useReady } from '../../lib/queries/hooks.ts';
import { Promises } from './promises/Promises.tsx';
import { Group, Row } from './Row.tsx';
import styles from './Settings.module.css';
import { Termination } from './termination/Termination.tsx';

/** The company, its gateway, and what the gateway's policy promises. */
export function WorkspaceSection(): ReactNode {
  const { workspace, gateway } = useReady();
  const policy = useDirectory()?.policy ?? null;
  return (
    <>
      <Group>
        <Row isLabelled={false} title={t('settings.workspace.name')}>
          <bdi className={styles['value']}>{workspace.name}</bdi>
        </Row>
        <Row
          isLabelled={false}
          title={t('settings.workspace.gateway')}
          hint={t('settings.workspace.gatewayHint')}
        >
          <bdi className={styles['value']}>{gateway}</bdi>
        </Row>
        <Row
          isLabelled={false}
          title={t('settings.workspace.policy')}
          hint={t('settings.workspace.policyHint')}
        >
          <span className={styles['value']}>
            {policy === null
              ? t('settings.workspace.noPolicy')
              : t('settings.workspace.policyName', { name: policy.name, version: policy.version })}
          </span>
        </Row>
      </Group>
      <Termination />
      <Promises />
    </>
  );
}
