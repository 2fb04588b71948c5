import { ArrowDownWideNarrow, Filter, MoreHorizontal, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import type { View } from '../../../../shared/contract/rows.ts';
import { ConversationSort } from '../../../../shared/domain/conversation-filter.ts';
import { t } from '../../../i18n/t.ts';
import { keysOf } from '../../../lib/shortcuts/match.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useReady, useSavedViews, useSort } from '../../../lib/queries/hooks.ts';
import { viewKey } from '../../../lib/queries/keys.ts';
import { useListing } from '../../../lib/stores/listing.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useOverlay } from '../../../lib/stores/overlay.ts';
import { useSearching } from '../../../lib/stores/searching.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu, MenuItem, MenuSection } from '../../../ui/Menu.tsx';
import styles from './filters.module.css';

export interface ListToolsProps {
  readonly view: View;
  readonly onView: (view: View) => void;
}

/** Search, filter, order, and what can be done with a saved view. */
export const ListTools = memo(function ListTools({ view, onView }: ListToolsProps): ReactNode {
  const sort = useSort(view);
  const setSort = useListing((state) => state.sort);
  const filterOpen = useListing((state) => state.filterOpen);
  const showFilter = useListing((state) => state.showFilter);
  const search = useSearching((state) => state.open);
  const shown = filterOpen || view.kind === 'filter';
  return (
    <span className={styles['tools']}>
      <IconButton label={t('search.label')} shortcut={keysOf('search')} onPress={() => search(null)}>
        <Search size={16} />
      </IconButton>
      <IconButton
        label={shown ? t('triage.filter.hide') : t('triage.filter.show')}
        shortcut={keysOf('filter')}
        aria-pressed={shown}
        onPress={() => {
          showFilter(!shown);
          if (view.kind === 'filter') onView({ kind: 'all' });
        }}
      >
        <Filter size={16} />
      </IconButton>
      <Menu
        placement="bottom end"
        aria-label={t('triage.sort.title')}
        trigger={
          <IconButton label={t('triage.sort.label', { order: t(`triage.sort.${sort}`) })}>
            <ArrowDownWideNarrow size={16} />
          </IconButton>
        }
      >
        <MenuSection
          title={t('triage.sort.title')}
          selected={sort}
          onSelect={(key) => {
            const next = ConversationSort.safeParse(key);
            if (next.success) setSort(viewKey(view), next.data);
          }}
        >
          {ConversationSort.options.map((each) => (
            <MenuItem key={each} id={each} label={t(`triage.sort.${each}`)} />
          ))}
        </MenuSection>
      </Menu>
      {view.kind === 'saved' ? <SavedViewMenu id={view.id} onView={onView} /> : null}
    </span>
  );
});

function SavedViewMenu({
  id,
  onView,
}: {
  readonly id: string;
  readonly onView: ListToolsProps['onView'];
}): ReactNode {
  const bridge = useBridge();
  const { me } = useReady();
  const open = useOverlay((state) => state.open);
  const item = useSavedViews().find((each) => each.id === id);
  const sort = useSort({ kind: 'saved', id });
  if (item === undefined) return null;
  // A view of the team is changed by those who answer for the team.
  if (item.scope === 'team' && me.role === 'agent') return null;
  const { show, tell } = useNotices.getState();
  const { content } = item;
  const act = (key: string): void => {
    if (key === 'rename') open({ kind: 'renameView', itemId: id });
    else if (key === 'edit') onView({ kind: 'filter', filter: content.filter });
    else if (key === 'update') {
      bridge
        .call('library.save', { itemId: id, scope: item.scope, content: { ...content, sort } })
        .then(() => tell(t('triage.view.saved', { name: content.title }), null))
        .catch((error: unknown) => show(callWords(error)));
    } else {
      onView({ kind: 'all' });
      bridge
        .call('library.delete', { itemId: id })
        .then(() =>
          tell(t('triage.view.deleted', { name: content.title }), {
            label: t('triage.undo'),
            run: () => {
              bridge
                .call('library.save', { itemId: null, scope: item.scope, content })
                .then(({ itemId }) => onView({ kind: 'saved', id: itemId }))
                .catch((error: unknown) => show(callWords(error)));
            },
          }),
        )
        .catch((error: unknown) => show(callWords(error)));
    }
  };
  return (
    <Menu
      placement="bottom end"
      aria-label={t('triage.view.menu')}
      trigger={
        <IconButton label={t('triage.view.menu')}>
          <MoreHorizontal size={16} />
        </IconButton>
      }
      onAction={(key) => act(String(key))}
    >
      <MenuItem id="rename" label={t('triage.view.rename')} />
      <MenuItem id="edit" label={t('triage.filter.show')} />
      {sort === content.sort ? null : <MenuItem id="update" label={t('triage.view.update')} />}
      <MenuItem id="delete" label={t('triage.view.delete')} />
    </Menu>
  );
}
