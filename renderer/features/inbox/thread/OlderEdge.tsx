import type { ReactNode } from 'react';
import type { ThreadPage } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import styles from './OlderEdge.module.css';

export interface OlderEdgeProps {
  readonly older: ThreadPage['older'];
  readonly loading: boolean;
  readonly failed: boolean;
  readonly onLoad: () => void;
}

/** What stands above the oldest message: that it is the first, that more is coming, or where more can be had. */
export function OlderEdge({ older, loading, failed, onLoad }: OlderEdgeProps): ReactNode {
  if (loading) {
    return (
      <span className={styles['edge']}>
        <Spinner /> {older === 'gateway' ? t('thread.loadingGateway') : t('inbox.thread.loadingOlder')}
      </span>
    );
  }
  if (older === 'none') return <span className={styles['edge']}>{t('inbox.thread.beginning')}</span>;
  if (!failed && older === 'cache') return null;
  return (
    <span className={styles['edge']}>
      {failed ? t('inbox.thread.olderFailed') : t('inbox.thread.olderAtGateway')}
      <button type="button" className={styles['button']} onClick={onLoad}>
        {failed ? t('app.retry') : t('inbox.thread.loadOlder')}
      </button>
    </span>
  );
}
