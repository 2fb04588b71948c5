import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, HardDriveDownload } from 'lucide-react';
import type { ReactNode } from 'react';
import { count, fileSize } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { keys } from '../../../lib/queries/keys.ts';
import type { StorageView } from '../../../lib/queries/retention.ts';
import { useStorage } from '../../../lib/queries/retention.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { cx } from '../../../ui/cx.ts';
import styles from '../retention/Retention.module.css';
import { KeptViews } from './KeptViews.tsx';
import { Group } from '../Row.tsx';
import { Scroll } from '../retention/Scroll.tsx';
import { Deeds } from './StorageDeeds.tsx';

/** What takes the space on this machine, and what can be done about it. */
export function Storage(): ReactNode {
  const query = useStorage();
  if (query.isError && query.data === undefined) {
    return (
      <EmptyState
        icon={<CircleAlert size={24} />}
        text={t('retention.failed')}
        action={<Button onPress={() => void query.refetch()}>{t('app.retry')}</Button>}
      />
    );
  }
  if (query.data === undefined) return <Progress label={t('retention.storage.table')} value={null} />;
  return (
    <>
      {query.data.mode === 'off' ? (
        <Banner tone="neutral" icon={<HardDriveDownload size={16} />}>
          {t('retention.storage.off')}
        </Banner>
      ) : null}
      <Classes view={query.data} />
      <Deeds view={query.data} />
      <KeptViews view={query.data} />
      <Conversations view={query.data} />
    </>
  );
}

function Classes({ view }: { readonly view: StorageView }): ReactNode {
  const shown = view.classes.filter(({ bytes }) => bytes > 0).toSorted((a, b) => b.bytes - a.bytes);
  const total = shown.reduce((sum, { bytes }) => sum + bytes, 0);
  const share = (bytes: number): string => `${String(total === 0 ? 0 : (100 * bytes) / total)}%`;
  return (
    <Group title={t('retention.storage.table')}>
      <div className={styles['changes']}>
        <div className={styles['chart']} aria-hidden="true">
          {shown.map((each) => (
            <div key={each.class} className={styles['part']} style={{ inlineSize: share(each.bytes) }} />
          ))}
        </div>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('retention.storage.class')}</th>
              <th scope="col" className={styles['number']}>
                {t('retention.storage.count')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('retention.storage.size')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <tr key={each.class}>
                <th scope="row">{t(`retention.storage.classes.${each.class}`)}</th>
                <td className={styles['number']}>{each.count === 0 ? '' : count(each.count)}</td>
                <td className={styles['number']}>{fileSize(each.bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={styles['small']}>{t('retention.storage.folder')}</p>
        <bdi className={styles['path']}>{view.folder}</bdi>
      </div>
    </Group>
  );
}

function Conversations({ view }: { readonly view: StorageView }): ReactNode {
  const bridge = useBridge();
  const client = useQueryClient();
  const { show } = useNotices.getState();
  if (view.conversations.length === 0) return null;
  return (
    <Group title={t('retention.storage.byConversation')}>
      <Scroll label={t('retention.storage.byConversation')}>
        <table className={cx(styles['table'], styles['stack'])}>
          <thead>
            <tr>
              <th scope="col">{t('retention.storage.name')}</th>
              <th scope="col" className={styles['number']}>
                {t('retention.storage.classes.messages')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('retention.storage.size')}
              </th>
              <th scope="col">{t('retention.storage.pin')}</th>
            </tr>
          </thead>
          <tbody>
            {view.conversations.map((row) => (
              <tr key={row.conversationId}>
                <th scope="row">
                  <bdi>{row.contactName}</bdi>
                </th>
                <td className={styles['number']} data-label={t('retention.storage.classes.messages')}>
                  {count(row.messages)}
                </td>
                <td className={styles['number']} data-label={t('retention.storage.size')}>
                  {fileSize(row.bytes)}
                </td>
                <td data-label={t('retention.storage.pin')}>
                  <Switch
                    label={t('retention.storage.pinOf', { name: row.contactName })}
                    isSelected={row.pinned}
                    onChange={(pinned) => {
                      bridge
                        .call('storage.pin', { conversationId: row.conversationId, pinned })
                        .catch((error: unknown) => show(callWords(error)))
                        .finally(() => void client.invalidateQueries({ queryKey: keys.storage }));
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Group>
  );
}
