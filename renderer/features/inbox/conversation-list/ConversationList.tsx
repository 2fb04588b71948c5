import { useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { View } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useLookup, usePrefetch, useReady } from '../../../lib/queries/hooks.ts';
import { viewKey } from '../../../lib/queries/keys.ts';
import type { ListPage } from '../../../lib/queries/list.ts';
import { loadMore } from '../../../lib/queries/list.ts';
import { useNow } from '../../../lib/useNow.ts';
import styles from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow.tsx';
import { listMove } from './listMove.ts';

export interface ConversationListProps {
  readonly view: View;
  readonly page: ListPage;
  readonly selectedId: string | null;
  /** With `follow` the selection goes along with the arrow keys: there is a pane beside the list that shows it. */
  readonly follow: boolean;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly onOpen: (conversationId: string, how: 'show' | 'enter') => void;
}

const ROW = 80;
/** Rows left below before the next page is fetched. */
const AHEAD = 30;

/** The list as a grid: one tab stop, arrow keys inside, only the rows in sight exist. */
export function ConversationList(props: ConversationListProps): ReactNode {
  'use no memo';
  const { view, page, selectedId, follow, gridRef, onOpen } = props;
  const bridge = useBridge();
  const client = useQueryClient();
  const { me } = useReady();
  const lookup = useLookup();
  const now = useNow(30_000);
  const prefetch = usePrefetch();
  const loading = useRef(false);
  const [cursorId, setCursorId] = useState<string | null>(null);
  const { rows, next } = page;

  const at = cursorId === null ? -1 : rows.findIndex((row) => row.conversation.id === cursorId);
  const selectedAt = selectedId === null ? -1 : rows.findIndex((row) => row.conversation.id === selectedId);
  const cursor = at === -1 ? selectedAt : at;

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

  const end = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    if (next === null || loading.current || end < rows.length - AHEAD) return;
    loading.current = true;
    void loadMore(bridge, client, view)
      // What could not be read now is asked for again with the next scroll.
      .catch(() => undefined)
      .finally(() => {
        loading.current = false;
      });
  }, [bridge, client, view, next, end, rows.length]);

  // The neighbours of what is open are read ahead: the next key press finds them here.
  useEffect(() => {
    for (const index of [selectedAt + 1, selectedAt - 1]) {
      const row = selectedAt === -1 ? undefined : rows[index];
      if (row !== undefined) prefetch(row.conversation.id);
    }
  }, [selectedAt, rows, prefetch]);

  const open = useCallback(
    (conversationId: string) => {
      setCursorId(conversationId);
      onOpen(conversationId, 'show');
    },
    [onOpen],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      const row = rows[cursor];
      if (row === undefined) return;
      event.preventDefault();
      onOpen(row.conversation.id, 'enter');
      return;
    }
    const perPage = Math.max(1, Math.floor((gridRef.current?.clientHeight ?? ROW) / ROW) - 1);
    const target = listMove(event.key, cursor, rows.length, perPage);
    const row = target === null ? undefined : rows[target];
    if (target === null || row === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    setCursorId(row.conversation.id);
    virtualizer.scrollToIndex(target, { align: 'auto' });
    if (follow) onOpen(row.conversation.id, 'show');
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
              selected={row.conversation.id === selectedId}
              atCursor={item.index === cursor}
              meId={me.id}
              lookup={lookup}
              now={now}
              onOpen={open}
              onHover={prefetch}
            />
          );
        })}
      </div>
    </div>
  );
}
