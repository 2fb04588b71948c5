import { useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useCallback, useEffect, useRef } from 'react';
import type { View } from '../../../../shared/contract/rows.ts';
import type { ConversationSort } from '../../../../shared/domain/conversation-filter.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useLookup, usePrefetch, useReady, useSettings } from '../../../lib/queries/hooks.ts';
import { viewKey } from '../../../lib/queries/keys.ts';
import type { ListPage } from '../../../lib/queries/list.ts';
import { loadMore } from '../../../lib/queries/list.ts';
import { useAround } from '../../../lib/stores/around.ts';
import { useSelection } from '../../../lib/stores/selection.ts';
import { useNow } from '../../../lib/useNow.ts';
import { absentOf, useCompany } from './company.ts';
import styles from './ConversationList.module.css';
import type { RowClick } from './ConversationRow.tsx';
import { ConversationRow } from './ConversationRow.tsx';
import { listMove } from './listMove.ts';

export interface ConversationListProps {
  readonly view: View;
  readonly sort: ConversationSort;
  readonly page: ListPage;
  readonly selectedId: string | null;
  /** With `follow` the selection goes along with the arrow keys: there is a pane beside the list that shows it. */
  readonly follow: boolean;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly onOpen: (conversationId: string, how: 'show' | 'enter') => void;
}

/** Heights of a row in px, as the style sheet has them. */
const ROWS = { comfortable: 80, compact: 52 } as const;
/** Rows left below before the next page is fetched. */
const AHEAD = 30;

/** The list as a grid: one tab stop, arrow keys inside, only the rows in sight exist. */
export function ConversationList(props: ConversationListProps): ReactNode {
  'use no memo';
  const { view, sort, page, selectedId, follow, gridRef, onOpen } = props;
  const bridge = useBridge();
  const client = useQueryClient();
  const { me } = useReady();
  const lookup = useLookup();
  const now = useNow(30_000);
  const prefetch = usePrefetch();
  const loading = useRef(false);
  const density = useSettings().density;
  const ROW = ROWS[density];
  const { cursorId, picked, point } = useSelection();
  const companyOf = useCompany(me.id, lookup);
  const presence = useAround((state) => state.presence);
  const { rows, next } = page;
  // When the row under the keyboard goes (it was closed), the keyboard stays at its place in the list.
  const lastAt = useRef(-1);

  const at = cursorId === null ? -1 : rows.findIndex((row) => row.conversation.id === cursorId);
  const selectedAt = selectedId === null ? -1 : rows.findIndex((row) => row.conversation.id === selectedId);
  const cursor = at === -1 ? selectedAt : at;
  useEffect(() => {
    if (cursor !== -1) lastAt.current = cursor;
  }, [cursor]);

  // oxlint-disable-next-line react/incompatible-library -- 'use no memo' above keeps the compiler out
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => gridRef.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.conversation.id ?? index,
    overscan: 6,
    paddingStart: 4,
    paddingEnd: 4,
    initialRect: { width: 352, height: 800 },
  });

  // Another density: every row is measured anew.
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, ROW]);

  const end = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    if (next === null || loading.current || end < rows.length - AHEAD) return;
    loading.current = true;
    void loadMore(bridge, client, view, sort)
      // What could not be read now is asked for again with the next scroll.
      .catch(() => undefined)
      .finally(() => {
        loading.current = false;
      });
  }, [bridge, client, view, sort, next, end, rows.length]);

  // The neighbours of what is open are read ahead: the next key press finds them here.
  useEffect(() => {
    for (const index of [selectedAt + 1, selectedAt - 1]) {
      const row = selectedAt === -1 ? undefined : rows[index];
      if (row !== undefined) prefetch(row.conversation.id);
    }
  }, [selectedAt, rows, prefetch]);

  // A view that was gone to by a key goes on with keys.
  useEffect(() => {
    const { focusList, wantFocus } = useSelection.getState();
    if (!focusList) return;
    wantFocus(false);
    gridRef.current?.focus();
  }, [gridRef]);

  const rowIds = useRef<ReadonlyArray<string>>([]);
  useEffect(() => {
    rowIds.current = rows.map((row) => row.conversation.id);
  }, [rows]);

  const click = useCallback(
    (conversationId: string, how: RowClick) => {
      const { cursorId: from, anchorId, point: goTo, toggle, extend } = useSelection.getState();
      if (how === 'open') {
        goTo(conversationId);
        onOpen(conversationId, 'show');
        return;
      }
      if (how === 'pick') toggle(conversationId);
      else {
        if (anchorId === null && from !== null) toggle(from);
        extend(rowIds.current, conversationId);
      }
      goTo(conversationId);
    },
    [onOpen],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      const row = rows[cursor];
      if (row === undefined) return;
      event.preventDefault();
      onOpen(row.conversation.id, 'enter');
      return;
    }
    const perPage = Math.max(1, Math.floor((gridRef.current?.clientHeight ?? ROW) / ROW) - 1);
    // The row that was here is gone: down is what has come into its place.
    const from = cursor === -1 && lastAt.current > 0 ? lastAt.current - 1 : cursor;
    const target = listMove(event.key, from, rows.length, perPage);
    const row = target === null ? undefined : rows[target];
    if (target === null || row === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const { conversation } = row;
    virtualizer.scrollToIndex(target, { align: 'auto' });
    if (event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const { anchorId, toggle, extend } = useSelection.getState();
      const here = rows[cursor];
      if (anchorId === null && here !== undefined) toggle(here.conversation.id);
      extend(rowIds.current, conversation.id);
      point(conversation.id);
      return;
    }
    point(conversation.id);
    if (follow) onOpen(conversation.id, 'show');
  };

  const domId = (conversationId: string): string => `conversation-${conversationId}`;
  const cursorRow = rows[cursor];
  const items = virtualizer.getVirtualItems();
  const cursorShown = items.some((item) => item.index === cursor);

  return (
    <div
      ref={gridRef}
      role="grid"
      aria-label={t('inbox.list.label')}
      aria-rowcount={next === null ? rows.length : -1}
      aria-colcount={1}
      aria-multiselectable="true"
      aria-activedescendant={
        cursorRow === undefined || !cursorShown ? undefined : domId(cursorRow.conversation.id)
      }
      tabIndex={0}
      data-view={viewKey(view)}
      className={styles['grid']}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={styles['canvas']} style={{ blockSize: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <ConversationRow
              key={row.conversation.id}
              row={row}
              domId={domId(row.conversation.id)}
              index={item.index}
              top={item.start}
              open={row.conversation.id === selectedId}
              picked={picked.has(row.conversation.id)}
              picking={picked.size > 0}
              atCursor={item.index === cursor}
              compact={density === 'compact'}
              meId={me.id}
              lookup={lookup}
              now={now}
              company={companyOf(row.conversation.id)}
              absent={me.role === 'agent' ? null : absentOf(row.conversation.assigneeId, presence)}
              onClick={click}
              onHover={prefetch}
            />
          );
        })}
      </div>
    </div>
  );
}
