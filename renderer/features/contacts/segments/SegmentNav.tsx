import {
  ArrowLeft,
  Ban,
  Copy,
  Ellipsis,
  Filter,
  FolderInput,
  HashIcon,
  Lock,
  Pencil,
  Save,
  Scale,
  SlidersHorizontal,
  Trash2,
  Users,
  UsersRound,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import type { SegmentItem } from '../../../lib/queries/contacts.ts';
import { useContactCounts, useSegments } from '../../../lib/queries/contacts.ts';
import { useReady } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu, MenuItem } from '../../../ui/Menu.tsx';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { complete } from '../filter/filterDraft.ts';
import { useAsking } from '../table/asking.ts';
import { useColumns } from '../table/columnStore.ts';
import { LISTS } from './lists.ts';
import { SegmentDialog } from './SegmentDialog.tsx';
import styles from './Segments.module.css';

const ICONS = { everybody: UsersRound, noNumber: HashIcon, blocked: Ban, restricted: Lock } as const;

/** Lists of contacts with live counts, and the other places of the contact manager. */
export function SegmentNav({
  id,
  onChosen,
}: {
  readonly id: string;
  readonly onChosen: () => void;
}): ReactNode {
  const { listId, choose } = useAsking();
  const segments = useSegments();
  const { me } = useReady();
  const counts = useContactCounts([
    ...LISTS.map(({ filter }) => filter),
    ...segments.map(({ content }) => content.filter),
  ]);
  const [renaming, setRenaming] = useState<SegmentItem | null>(null);
  const { remove, update } = useSegmentActions();
  return (
    <nav id={id} aria-label={t('contacts.nav.label')} className={styles['nav']}>
      <div className={styles['head']}>
        <a href="#/" className={styles['back']}>
          <ArrowLeft size={16} aria-hidden="true" className={styles['flip']} />
          {t('contacts.nav.inbox')}
        </a>
      </div>
      <div className={styles['scroll']}>
        <ul className={styles['list']}>
          {LISTS.map(({ id: each, filter }, at) => {
            const Icon = ICONS[each];
            return (
              <li key={each}>
                <ListButton
                  icon={<Icon size={16} aria-hidden="true" />}
                  name={t(`contacts.list.${each}`)}
                  total={counts?.[at]}
                  isCurrent={listId === each}
                  onPress={() => {
                    choose(each, filter);
                    onChosen();
                  }}
                />
              </li>
            );
          })}
        </ul>
        {segments.length === 0 ? null : (
          <>
            <h2 className={styles['title']}>{t('contacts.nav.segments')}</h2>
            <ul className={styles['list']}>
              {segments.map((segment, at) => {
                const mine = segment.scope === 'personal' || me.role !== 'agent';
                return (
                  <li key={segment.id} className={styles['item']}>
                    <ListButton
                      icon={
                        segment.scope === 'team' ? (
                          <Users size={16} aria-label={t('contacts.segment.team')} />
                        ) : (
                          <Filter size={16} aria-hidden="true" />
                        )
                      }
                      name={segment.content.title}
                      total={counts?.[LISTS.length + at]}
                      isCurrent={listId === segment.id}
                      onPress={() => {
                        choose(segment.id, segment.content.filter);
                        useColumns.getState().order(segment.content.sort);
                        onChosen();
                      }}
                    />
                    {mine ? (
                      <span className={styles['more']}>
                        <Menu
                          aria-label={t('contacts.segment.more', { name: segment.content.title })}
                          trigger={
                            <IconButton label={t('contacts.segment.more', { name: segment.content.title })}>
                              <Ellipsis size={14} />
                            </IconButton>
                          }
                        >
                          {listId === segment.id ? (
                            <MenuItem
                              label={t('contacts.segment.update')}
                              icon={<Save size={14} />}
                              onAction={() => update(segment)}
                            />
                          ) : null}
                          <MenuItem
                            label={t('contacts.segment.rename')}
                            icon={<Pencil size={14} />}
                            onAction={() => setRenaming(segment)}
                          />
                          <MenuItem
                            label={t('contacts.segment.delete')}
                            icon={<Trash2 size={14} />}
                            onAction={() => remove(segment)}
                          />
                        </Menu>
                      </span>
                    ) : null}
                  </li>
                );
              })}
            </ul>
          </>
        )}
        <h2 className={styles['title']}>{t('contacts.nav.more')}</h2>
        <ul className={styles['list']}>
          <Place href="#/contacts/duplicates" icon={<Copy size={16} aria-hidden="true" />}>
            {t('contacts.nav.duplicates')}
          </Place>
          <Place href="#/contacts/import" icon={<FolderInput size={16} aria-hidden="true" />}>
            {t('contacts.nav.import')}
          </Place>
          <Place href="#/contacts/rights" icon={<Scale size={16} aria-hidden="true" />}>
            {t('contacts.nav.rights')}
          </Place>
          <Place href="#/contacts/fields" icon={<SlidersHorizontal size={16} aria-hidden="true" />}>
            {t('contacts.nav.fields')}
          </Place>
        </ul>
      </div>
      {renaming === null ? null : <SegmentDialog segment={renaming} onClose={() => setRenaming(null)} />}
    </nav>
  );
}

function Place({
  href,
  icon,
  children,
}: {
  readonly href: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <li>
      <a href={href} className={styles['link']}>
        <span className={styles['icon']}>{icon}</span>
        <span className={styles['name']}>{children}</span>
      </a>
    </li>
  );
}

function ListButton({
  icon,
  name,
  total,
  isCurrent,
  onPress,
}: {
  readonly icon: ReactNode;
  readonly name: string;
  readonly total: number | undefined;
  readonly isCurrent: boolean;
  readonly onPress: () => void;
}): ReactNode {
  return (
    <button
      type="button"
      className={styles['link']}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onPress}
    >
      <span className={styles['icon']}>{icon}</span>
      <span className={styles['name']} dir="auto">
        {name}
      </span>
      {total === undefined ? null : (
        <>
          <span className={styles['count']} aria-hidden="true">
            {count(total)}
          </span>
          <VisuallyHidden>{t('contactFilter.total', { count: total })}</VisuallyHidden>
        </>
      )}
    </button>
  );
}

interface SegmentActions {
  readonly remove: (segment: SegmentItem) => void;
  /** Keeps the filter and the order that the table has now in it. */
  readonly update: (segment: SegmentItem) => void;
}

/** Both with the way back: what was there before is saved again. */
function useSegmentActions(): SegmentActions {
  const bridge = useBridge();
  const fail = (error: unknown): void => useNotices.getState().show(callWords(error));
  const save = (itemId: string | null, { scope, content }: Pick<SegmentItem, 'scope' | 'content'>) =>
    bridge.call('library.save', { itemId, scope, content });
  const undo = (itemId: string | null, before: SegmentItem) => ({
    label: t('triage.undo'),
    run: () => void save(itemId, before).catch(fail),
  });
  return {
    remove(segment) {
      const { id, content } = segment;
      bridge.call('library.delete', { itemId: id }).then(() => {
        const { listId, choose } = useAsking.getState();
        if (listId === id) choose('everybody', LISTS[0].filter);
        useNotices
          .getState()
          .tell(t('contacts.segment.deleted', { name: content.title }), undo(null, segment));
      }, fail);
    },
    update(segment) {
      const { id, scope, content } = segment;
      const filter = complete(useAsking.getState().filter);
      const { sort } = useColumns.getState();
      save(id, { scope, content: { ...content, filter, sort } }).then(
        () =>
          useNotices.getState().tell(t('contacts.segment.saved', { name: content.title }), undo(id, segment)),
        fail,
      );
    },
  };
}
