import { Filter, Menu as MenuIcon, Plus, Search, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../i18n/t.ts';
import { useContactFields, useSegments } from '../../lib/queries/contacts.ts';
import { useContactRequests } from '../../lib/stores/contactRequests.ts';
import { NAV, useView } from '../../lib/stores/view.ts';
import { useTell } from '../../lib/useTell.ts';
import { useMediaQuery } from '../../lib/useMediaQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Splitter } from '../../ui/Splitter.tsx';
import styles from './Contacts.module.css';
import { complete } from './filter/filterDraft.ts';
import { FilterBuilder } from './filter/FilterBuilder.tsx';
import { NewContact } from './person/NewContact.tsx';
import { Person } from './person/Person.tsx';
import { PERSON, usePersonPane } from './person/personPane.ts';
import { SegmentDialog } from './segments/SegmentDialog.tsx';
import { SegmentNav } from './segments/SegmentNav.tsx';
import { useAsking } from './table/asking.ts';
import { BulkBar, ExportMenu } from './table/BulkBar.tsx';
import { allColumns, shownColumns } from './table/columns.ts';
import { ColumnsButton } from './table/ColumnsButton.tsx';
import { useColumns } from './table/columnStore.ts';
import { Table } from './table/Table.tsx';
import { useContactKeys } from './useContactKeys.ts';

export interface ContactsProps {
  readonly contactId: string | null;
  /** Null: nobody. */
  readonly onShow: (contactId: string | null) => void;
  readonly onConversation: (conversationId: string) => void;
}

/** Lists, the table, and a person beside it. Below 960 px the lists are a drawer, below 860 px the person is a page. */
export function Contacts({ contactId, onShow, onConversation }: ContactsProps): ReactNode {
  const tell = useTell();
  useEffect(() => {
    if (contactId !== null) tell('view.contact', contactId);
  }, [contactId, tell]);
  const compact = useMediaQuery('(max-width: 959px)');
  const narrow = useMediaQuery('(max-width: 859px)');
  const { navWidth, setNavWidth } = useView();
  const { width, setWidth } = usePersonPane();
  const { query, filter, listId, builderOpen, search, build, showBuilder } = useAsking();
  const { chosen, widths, sort } = useColumns();
  const fields = useContactFields();
  const segments = useSegments();
  const grid = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const [drawer, setDrawer] = useState(false);
  const [saving, setSaving] = useState(false);
  const { adding, add: setAdding } = useContactRequests();
  const [total, setTotal] = useState(0);

  const all = useMemo(() => allColumns(fields), [fields]);
  const columns = useMemo(() => shownColumns(all, chosen, widths), [all, chosen, widths]);
  // Typing never waits for the table.
  const words = useDeferredValue(query.trim());
  const asked = useDeferredValue(filter);
  const spec = useMemo(() => ({ filter: complete(asked), query: words, sort }), [asked, words, sort]);

  const focusGrid = useCallback(() => requestAnimationFrame(() => grid.current?.focus()), []);
  const close = useCallback(() => {
    onShow(null);
    focusGrid();
  }, [onShow, focusGrid]);
  useContactKeys({
    search: () => box.current?.focus(),
    filter: () => showBuilder(!useAsking.getState().builderOpen),
    add: () => setAdding(true),
    back: () => {
      if (contactId !== null) close();
      else focusGrid();
    },
  });

  const title =
    segments.find(({ id }) => id === listId)?.content.title ??
    (listId === 'blocked' || listId === 'restricted' || listId === 'noNumber'
      ? t(`contacts.list.${listId}`)
      : t('contacts.list.everybody'));
  const nav = <SegmentNav id="segments" onChosen={() => setDrawer(false)} />;
  const showTable = !narrow || contactId === null;
  const conditions = filter.conditions.length;

  return (
    <div className={styles['panes']}>
      {compact ? (
        <Drawer label={t('contacts.nav.label')} isOpen={drawer} onOpenChange={setDrawer}>
          {nav}
        </Drawer>
      ) : (
        <div className={styles['nav']} style={{ inlineSize: navWidth }}>
          {nav}
        </div>
      )}
      {showTable ? (
        <main id="contacts" className={styles['main']}>
          {compact ? null : (
            <Splitter
              label={t('contacts.nav.width')}
              controls="segments"
              value={navWidth}
              onChange={setNavWidth}
              {...NAV}
            />
          )}
          <header className={styles['header']}>
            {compact ? (
              <IconButton label={t('contacts.nav.label')} onPress={() => setDrawer(true)}>
                <MenuIcon size={16} />
              </IconButton>
            ) : null}
            <h1 className={styles['title']} dir="auto">
              {title}
            </h1>
            <span className={styles['search']}>
              <Search size={14} aria-hidden="true" className={styles['lens']} />
              <input
                ref={box}
                type="search"
                dir="auto"
                className={styles['box']}
                aria-label={t('contacts.search.label')}
                placeholder={t('contacts.search.placeholder')}
                autoComplete="off"
                spellCheck={false}
                maxLength={400}
                value={query}
                onChange={(event) => search(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (
                    event.key === 'ArrowDown' ||
                    (event.key === 'Enter' && !event.nativeEvent.isComposing)
                  ) {
                    event.preventDefault();
                    grid.current?.focus();
                  } else if (event.key === 'Escape' && query !== '') {
                    event.preventDefault();
                    event.stopPropagation();
                    search('');
                  }
                }}
              />
            </span>
            <span className={styles['tools']}>
              <Button
                size="small"
                variant={builderOpen || conditions > 0 ? 'secondary' : 'ghost'}
                icon={<Filter size={14} />}
                aria-expanded={builderOpen}
                onPress={() => showBuilder(!builderOpen)}
              >
                {conditions === 0 ? t('contacts.filter') : t('contacts.filterCount', { count: conditions })}
              </Button>
              <ColumnsButton all={all} />
              {total === 0 ? null : (
                <ExportMenu selection={{ filter: spec.filter, query: spec.query, except: [] }} spec={spec} />
              )}
              <Button
                size="small"
                variant="primary"
                icon={<Plus size={14} />}
                onPress={() => setAdding(true)}
              >
                {t('contacts.add')}
              </Button>
            </span>
          </header>
          {builderOpen ? (
            <FilterBuilder
              filter={filter}
              onChange={build}
              onSave={() => setSaving(true)}
              onClose={() => {
                showBuilder(false);
                focusGrid();
              }}
            />
          ) : null}
          <Table
            spec={spec}
            columns={columns}
            openId={contactId}
            gridRef={grid}
            onOpen={onShow}
            onTotal={setTotal}
            nobody={
              <EmptyState
                icon={<UsersRound size={24} />}
                text={t('contacts.table.nobody')}
                action={
                  <Button variant="primary" onPress={() => setAdding(true)}>
                    {t('contacts.add')}
                  </Button>
                }
              />
            }
          />
          <BulkBar spec={spec} total={total} />
        </main>
      ) : null}
      {contactId === null ? null : (
        <Side narrow={narrow} width={width} onWidth={setWidth}>
          <Person
            key={contactId}
            contactId={contactId}
            alone={narrow}
            onClose={close}
            onConversation={onConversation}
          />
        </Side>
      )}
      {saving ? <SegmentDialog segment={null} onClose={() => setSaving(false)} /> : null}
      {adding ? <NewContact onClose={() => setAdding(false)} onMade={onShow} /> : null}
    </div>
  );
}

/** The person's pane: beside the table, or all there is. */
function Side({
  narrow,
  width,
  onWidth,
  children,
}: {
  readonly narrow: boolean;
  readonly width: number;
  readonly onWidth: (width: number) => void;
  readonly children: ReactNode;
}): ReactNode {
  if (narrow) return <main className={styles['page']}>{children}</main>;
  return (
    <aside className={styles['side']} style={{ inlineSize: width }} aria-label={t('person.label')}>
      {/* It sizes what comes before it: the wider the table, the narrower the person. */}
      <Splitter
        label={t('person.width')}
        controls="contacts"
        value={PERSON.min + PERSON.max - width}
        min={PERSON.min}
        max={PERSON.max}
        initial={PERSON.min + PERSON.max - PERSON.initial}
        onChange={(value) => onWidth(PERSON.min + PERSON.max - value)}
      />
      {children}
    </aside>
  );
}
