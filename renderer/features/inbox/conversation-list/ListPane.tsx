import { AlarmClock, Archive, AtSign, Filter, Inbox, Tag, UserRound, Users } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import type { View } from '../../../../shared/contract/rows.ts';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useConnection, useCount, useList, useSort, useViews } from '../../../lib/queries/hooks.ts';
import { viewKey } from '../../../lib/queries/keys.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { syncProgress } from '../../../lib/connectionWords.ts';
import { useListing } from '../../../lib/stores/listing.ts';
import { BulkBar } from '../bulk/BulkBar.tsx';
import { FilterBar } from '../filters/FilterBar.tsx';
import { ListTools } from '../filters/ListTools.tsx';
import { ConversationList } from './ConversationList.tsx';
import styles from './ListPane.module.css';

export interface ListPaneProps {
  readonly view: View;
  readonly title: string;
  readonly selectedId: string | null;
  readonly follow: boolean;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  /** The button that shows the views, in narrow windows. */
  readonly leading: ReactNode;
  readonly onOpen: (conversationId: string, how: 'show' | 'enter') => void;
  readonly onView: (view: View) => void;
}

/** The pane with the conversations of a view: its name, the list, or why there is nothing. */
export function ListPane(props: ListPaneProps): ReactNode {
  const { view, title, leading, onView } = props;
  const filtering = useListing((state) => state.filterOpen) || view.kind === 'filter';
  return (
    <>
      <header className={styles['header']}>
        {leading}
        <h1 className={styles['title']} dir="auto">
          {title}
        </h1>
        <Total view={view} />
        <ListTools view={view} onView={onView} />
      </header>
      {filtering ? <FilterBar view={view} onView={onView} /> : null}
      <Body {...props} key={viewKey(view)} />
      <BulkBar view={view} />
    </>
  );
}

function Body({ view, selectedId, follow, gridRef, onOpen, onView }: ListPaneProps): ReactNode {
  const sort = useSort(view);
  const list = useList(view, sort);
  const connection = useConnection()?.connection;
  if (list.data === undefined) {
    if (list.error === null) return <ListSkeleton />;
    return (
      <EmptyState
        icon={<Inbox size={24} />}
        text={t('inbox.list.failedToLoad')}
        action={<Button onPress={list.again}>{t('app.retry')}</Button>}
      />
    );
  }
  if (list.data.rows.length > 0) {
    return (
      <ConversationList
        view={view}
        sort={sort}
        page={list.data}
        selectedId={selectedId}
        follow={follow}
        gridRef={gridRef}
        onOpen={onOpen}
      />
    );
  }
  // An empty list while the first sync runs is not an empty inbox.
  if (connection?.state === 'catching_up' && connection.stage !== 'events') {
    return (
      <EmptyState
        icon={<Inbox size={24} />}
        text={t('inbox.list.empty.loading')}
        action={
          <div className={styles['progress']}>
            <Progress label={t('app.connection.stage.conversations')} value={syncProgress(connection)} />
          </div>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<ViewIcon kind={view.kind} size={24} />}
      text={t(`inbox.list.empty.${view.kind}`)}
      action={
        view.kind === 'mine' ? (
          <Button onPress={() => onView({ kind: 'unassigned' })}>{t('inbox.list.empty.toUnassigned')}</Button>
        ) : view.kind === 'all' ? null : (
          <Button onPress={() => onView({ kind: 'all' })}>{t('inbox.list.empty.toAll')}</Button>
        )
      }
    />
  );
}

function Total({ view }: { readonly view: View }): ReactNode {
  const views = useViews();
  const counted = useCount(view.kind === 'filter' ? view.filter : null);
  const total = counted ?? views?.find((each) => viewKey(each.view) === viewKey(view))?.total;
  return total === undefined || total === 0 ? null : (
    <span className={styles['total']} title={t('inbox.list.count', { count: total })}>
      {count(total)}
    </span>
  );
}

function ListSkeleton(): ReactNode {
  return (
    <div className={styles['skeleton']} aria-busy="true">
      {[180, 120, 200, 150, 170].map((width) => (
        <div key={width} className={styles['skeletonRow']}>
          <Skeleton width={32} height={32} />
          <div className={styles['skeletonLines']}>
            <Skeleton width={width} />
            <Skeleton width="80%" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** The icon of a kind of view. */
export function ViewIcon({ kind, size }: { readonly kind: View['kind']; readonly size: number }): ReactNode {
  switch (kind) {
    case 'mine':
      return <UserRound size={size} aria-hidden="true" />;
    case 'unassigned':
      return <Users size={size} aria-hidden="true" />;
    case 'closed':
      return <Archive size={size} aria-hidden="true" />;
    case 'label':
      return <Tag size={size} aria-hidden="true" />;
    case 'snoozed':
      return <AlarmClock size={size} aria-hidden="true" />;
    case 'mentions':
      return <AtSign size={size} aria-hidden="true" />;
    case 'saved':
    case 'filter':
      return <Filter size={size} aria-hidden="true" />;
    case 'all':
    case 'channel':
      return <Inbox size={size} aria-hidden="true" />;
  }
}
