import { useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleAlert, UsersRound } from 'lucide-react';
import type { CSSProperties, KeyboardEvent, ReactNode, RefObject } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import type { ContactSpec, ContactWindow } from '../../../lib/queries/contacts.ts';
import { CONTACT_PAGE, idsBetween, useContactWindow } from '../../../lib/queries/contacts.ts';
import { useLookup, useSettings } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useNow } from '../../../lib/useNow.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import type { Column } from './columns.ts';
import type { Place } from './gridMove.ts';
import { gridMove } from './gridMove.ts';
import { extended, isPicked, NOBODY, toggled, usePicked } from './picked.ts';
import styles from './Table.module.css';
import { TableHead } from './TableHead.tsx';
import type { RowClick } from './TableRow.tsx';
import { cellId, rowId, TableRow } from './TableRow.tsx';

export interface TableProps {
  readonly spec: ContactSpec;
  readonly columns: ReadonlyArray<Column>;
  readonly openId: string | null;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly onOpen: (contactId: string) => void;
  /** Told how many fit, as soon as it is known. */
  readonly onTotal: (total: number) => void;
  /** What to offer when nobody is there at all. */
  readonly nobody: ReactNode;
}

/** Heights in px, as the style sheet has them. */
const ROWS = { comfortable: 40, compact: 30 } as const;
const HEAD = 36;
/** Time between two readings of pages while one scrolls, in ms. */
const PACE = 40;
/** More than the rows that exist at once: each has a place of its own among so many elements, which are used again. */
const SLOTS = 128;
const START: Place = { row: -1, column: -1 };

/** Contacts as a grid: one tab stop for the rows, arrow keys inside; only the rows in sight exist. */
export function Table(props: TableProps): ReactNode {
  'use no memo';
  const { spec, columns, openId, gridRef, onOpen, onTotal, nobody } = props;
  const lookup = useLookup();
  const now = useNow(60_000);
  const { density } = useSettings();
  const ROW = ROWS[density];
  const { picked } = usePicked();
  const [place, setPlace] = useState(START);
  const [range, setRange] = useState({ first: 0, last: 40 });
  const rows = useContactWindow(spec, range.first, range.last);
  const total = rows.total ?? 0;
  const keys = useRows(rows, place);

  // oxlint-disable-next-line react/incompatible-library -- 'use no memo' above keeps the compiler out
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: total,
    getScrollElement: () => gridRef.current,
    estimateSize: () => ROW,
    overscan: 8,
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
    initialRect: { width: 1000, height: 800 },
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, ROW]);
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 40;
  // Pages are asked for at a measured pace: what flies past is not read.
  const target = useRef({ first, last });
  const pacing = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    target.current = { first, last };
    if (pacing.current !== null) return;
    const pages = (of: { first: number; last: number }): string =>
      `${String(Math.floor(of.first / CONTACT_PAGE))} ${String(Math.floor(of.last / CONTACT_PAGE))}`;
    if (pages({ first, last }) === pages(range)) return;
    pacing.current = setTimeout(() => {
      pacing.current = null;
      setRange(target.current);
    }, PACE);
  }, [first, last, range]);
  useEffect(
    () => () => {
      if (pacing.current !== null) clearTimeout(pacing.current);
      pacing.current = null;
    },
    [],
  );

  useEffect(() => {
    if (rows.total !== undefined) onTotal(rows.total);
  }, [rows.total, onTotal]);

  // Another question: from the top, with nobody picked.
  const asked = useMemo(
    () => JSON.stringify({ filter: rows.spec.filter, query: rows.spec.query }),
    [rows.spec],
  );
  const order = useMemo(() => JSON.stringify(rows.spec.sort), [rows.spec]);
  useEffect(() => {
    usePicked.getState().pick(NOBODY);
    setPlace(START);
  }, [asked]);
  useEffect(() => {
    gridRef.current?.scrollTo({ top: 0 });
  }, [asked, order, gridRef]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const mod = event.ctrlKey || event.metaKey;
    const row = rows.rowAt(place.row);
    if (mod && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      usePicked.getState().pick({ all: true, ids: new Set() });
      return;
    }
    if (event.key === ' ' && row !== undefined) {
      event.preventDefault();
      if (event.shiftKey) void keys.extend(place.row);
      else keys.toggle(place.row, row.contact.id);
      return;
    }
    if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      onOpen(row.contact.id);
      return;
    }
    if (event.key === 'Escape' && (picked.all || picked.ids.size > 0)) {
      event.preventDefault();
      event.stopPropagation();
      usePicked.getState().pick(NOBODY);
      return;
    }
    if (mod && event.key !== 'Home' && event.key !== 'End') return;
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const perPage = Math.max(1, Math.floor((event.currentTarget.clientHeight - HEAD) / ROW) - 1);
    const size = { rows: total, columns: columns.length, perPage };
    const to = gridMove(event.key, mod, place, size, rtl ? 'ArrowLeft' : 'ArrowRight');
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey && to.row !== place.row) void keys.extend(to.row);
    setPlace(to);
    virtualizer.scrollToIndex(to.row, { align: 'auto' });
    if (to.column >= 0) showColumn(event.currentTarget, columns, to.column, rtl);
  };

  const click = useCallback(
    (index: number, contactId: string, how: RowClick) => {
      if (how === 'open') onOpen(contactId);
      else if (how === 'pick') keys.toggle(index, contactId);
      else void keys.extend(index);
      setPlace({ row: index, column: -1 });
    },
    [onOpen, keys],
  );

  if (rows.error !== null && rows.total === undefined) {
    return (
      <EmptyState
        icon={<CircleAlert size={24} />}
        text={`${t('contacts.table.failed')} ${callWords(rows.error)}`}
        action={<Button onPress={rows.again}>{t('contacts.table.again')}</Button>}
      />
    );
  }

  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const shown = place.row >= first && place.row <= last && place.row < total;
  const nothing = rows.total === 0;
  return (
    <div
      ref={gridRef}
      role="grid"
      aria-label={t('contacts.table.label')}
      aria-rowcount={rows.total === undefined ? -1 : total + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-busy={rows.isOld || rows.total === undefined}
      aria-activedescendant={
        !shown ? undefined : place.column < 0 ? rowId(place.row) : cellId(place.row, place.column)
      }
      tabIndex={0}
      data-density={density}
      data-query={rows.spec.query}
      className={styles['grid']}
      style={
        {
          '--columns': columns.map((column) => `${String(column.width)}px`).join(' '),
          '--width': `${String(width)}px`,
        } as CSSProperties
      }
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && place.row === -1 && total > 0) {
          setPlace({ row: first, column: -1 });
        }
      }}
    >
      <TableHead columns={columns} />
      {nothing ? (
        <div className={styles['empty']}>
          {spec.query === '' && spec.filter.conditions.length === 0 ? (
            nobody
          ) : (
            <EmptyState icon={<UsersRound size={24} />} text={t('contacts.table.none')} />
          )}
        </div>
      ) : null}
      <div role="rowgroup" className={styles['canvas']} style={{ blockSize: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows.rowAt(item.index);
          const id = row?.contact.id;
          return (
            <TableRow
              key={item.index % SLOTS}
              row={row}
              index={item.index}
              top={item.start - HEAD}
              columns={columns}
              lookup={lookup}
              now={now}
              open={id !== undefined && id === openId}
              picked={id === undefined ? picked.all : isPicked(picked, id)}
              cursor={item.index === place.row ? place.column : null}
              onClick={click}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowsTools {
  readonly toggle: (index: number, contactId: string) => void;
  readonly extend: (to: number) => Promise<void>;
}

/** Picking by row: one, or from where picking began to a row, over pages that may not have been read. */
function useRows(rows: ContactWindow, place: Place): RowsTools {
  const bridge = useBridge();
  const client = useQueryClient();
  const anchor = useRef<number | null>(null);
  const now = useRef({ rows, place });
  useEffect(() => {
    now.current = { rows, place };
  });
  const toggle = useCallback((index: number, contactId: string) => {
    const { picked, pick } = usePicked.getState();
    anchor.current = index;
    pick(toggled(picked, contactId));
  }, []);
  const extend = useCallback(
    async (to: number) => {
      const from = anchor.current ?? Math.max(0, now.current.place.row);
      anchor.current = from;
      try {
        const ids = await idsBetween(bridge, client, now.current.rows.spec, from, to);
        const { picked, pick } = usePicked.getState();
        pick(extended(picked, ids));
      } catch (error) {
        useNotices.getState().show(callWords(error));
      }
    },
    [bridge, client],
  );
  return useMemo(() => ({ toggle, extend }), [toggle, extend]);
}

/** Brings a column into sight. */
function showColumn(grid: HTMLElement, columns: ReadonlyArray<Column>, at: number, rtl: boolean): void {
  const start = columns.slice(0, at).reduce((sum, column) => sum + column.width, 0);
  const end = start + (columns[at]?.width ?? 0);
  const seen = Math.abs(grid.scrollLeft);
  const to = start < seen ? start : end > seen + grid.clientWidth ? end - grid.clientWidth : null;
  if (to !== null) grid.scrollLeft = rtl ? -to : to;
}
