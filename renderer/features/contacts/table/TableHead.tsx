import { ArrowDown, ArrowUp } from 'lucide-react';
import type { DragEvent, KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { memo, useRef, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { cx } from '../../../ui/cx.ts';
import type { Column } from './columns.ts';
import { sameSort } from './columns.ts';
import { NARROWEST, useColumns, WIDEST } from './columnStore.ts';
import styles from './Table.module.css';

const DRAGGED = 'application/x-parley-column';
const STEP = 16;

/**
 * The heads: a press orders, dragging moves, the handle at the end sizes. By keyboard: arrows go along, Enter orders, Shift with an arrow moves
 * the column, Alt with an arrow sizes it.
 */
export const TableHead = memo(function TableHead({
  columns,
}: {
  readonly columns: ReadonlyArray<Column>;
}): ReactNode {
  const { sort, order, move, size, chosen } = useColumns();
  const row = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const [over, setOver] = useState<string | null>(null);
  const shown = columns.map(({ id }) => id as string);

  /** `move` counts in the list of all chosen, where fields that are gone still stand. */
  const moveTo = (id: string, to: number): void => {
    const target = shown[Math.max(1, Math.min(shown.length - 1, to))];
    const at = chosen.filter((each) => each !== id).indexOf(target ?? '');
    if (target === undefined || target === id) return;
    move(id, chosen.indexOf(id) < chosen.indexOf(target) ? at + 1 : at);
  };
  const orderBy = (column: Column): void => {
    if (column.sort === null) return;
    order({ by: column.sort, descending: sameSort(column.sort, sort.by) && !sort.descending });
  };
  const focus = (at: number): void => {
    const next = Math.max(0, Math.min(columns.length - 1, at));
    setCurrent(next);
    row.current?.querySelectorAll<HTMLElement>('button')[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, column: Column, at: number): void => {
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = event.key === (rtl ? 'ArrowLeft' : 'ArrowRight') ? 1 : -1;
    if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(columns.length - 1);
    else if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    else if (event.altKey) size(column.id, column.width + step * STEP);
    else if (event.shiftKey) {
      moveTo(column.id, at + step);
      if (column.id !== 'name') requestAnimationFrame(() => focus(Math.max(1, at + step)));
    } else focus(at + step);
    event.preventDefault();
    event.stopPropagation();
  };
  const onDrop = (event: DragEvent, at: number): void => {
    const id = event.dataTransfer.getData(DRAGGED);
    setOver(null);
    if (id === '') return;
    event.preventDefault();
    moveTo(id, at);
  };

  return (
    <div role="rowgroup" className={styles['head']}>
      <div role="row" aria-rowindex={1} ref={row} className={styles['headRow']}>
        {columns.map((column, at) => {
          const sorted = sameSort(column.sort, sort.by);
          return (
            // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its button has the focus
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={at + 1}
              aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
              className={cx(styles['headCell'], over === column.id && styles['over'])}
              onDragOver={(event) => {
                if (!event.dataTransfer.types.includes(DRAGGED)) return;
                event.preventDefault();
                setOver(column.id);
              }}
              onDragLeave={() => setOver(null)}
              onDrop={(event) => onDrop(event, at)}
            >
              <button
                type="button"
                tabIndex={at === Math.min(current, columns.length - 1) ? 0 : -1}
                draggable={column.id !== 'name'}
                title={t('contacts.table.headHint', { name: column.title })}
                className={styles['headButton']}
                onDragStart={(event) => {
                  event.dataTransfer.setData(DRAGGED, column.id);
                  event.dataTransfer.effectAllowed = 'move';
                }}
                onClick={() => {
                  setCurrent(at);
                  orderBy(column);
                }}
                onKeyDown={(event) => onKeyDown(event, column, at)}
              >
                <span className={styles['words']} dir="auto">
                  {column.title}
                </span>
                {sorted ? (
                  sort.descending ? (
                    <ArrowDown size={12} aria-hidden="true" />
                  ) : (
                    <ArrowUp size={12} aria-hidden="true" />
                  )
                ) : null}
              </button>
              <Grip column={column} onSize={(width) => size(column.id, width)} />
            </div>
          );
        })}
      </div>
    </div>
  );
});

/** The handle at the end of a head. For the pointer; the keyboard sizes from the head itself. */
function Grip({
  column,
  onSize,
}: {
  readonly column: Column;
  readonly onSize: (width: number) => void;
}): ReactNode {
  const drag = useRef<{ readonly x: number; readonly width: number; readonly sign: 1 | -1 } | null>(null);
  const end = (): void => {
    drag.current = null;
  };
  return (
    <span
      aria-hidden="true"
      className={styles['grip']}
      onPointerDown={(event: PointerEvent<HTMLSpanElement>) => {
        if (event.button !== 0) return;
        event.preventDefault();
        const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
        drag.current = { x: event.clientX, width: column.width, sign: rtl ? -1 : 1 };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const start = drag.current;
        if (start === null) return;
        const width = start.width + (event.clientX - start.x) * start.sign;
        onSize(Math.min(WIDEST, Math.max(NARROWEST, width)));
      }}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}
