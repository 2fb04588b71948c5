import { Check } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { memo } from 'react';
import type { ContactRow } from '../../../../shared/contract/contacts.ts';
import { t } from '../../../i18n/t.ts';
import type { Lookup } from '../../../lib/queries/hooks.ts';
import { cx } from '../../../ui/cx.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { cellOf } from './cells.tsx';
import type { Column } from './columns.ts';
import styles from './Table.module.css';

export type RowClick = 'open' | 'pick' | 'range';

export interface TableRowProps {
  /** Undefined while it is being read. */
  readonly row: ContactRow | undefined;
  readonly index: number;
  readonly top: number;
  readonly columns: ReadonlyArray<Column>;
  readonly lookup: Lookup;
  readonly now: number;
  readonly open: boolean;
  readonly picked: boolean;
  /** The cell under the keyboard, -1 the whole row, null: it is elsewhere. */
  readonly cursor: number | null;
  readonly onClick: (index: number, contactId: string, how: RowClick) => void;
}

export function rowId(index: number): string {
  return `contact-row-${String(index)}`;
}

export function cellId(index: number, column: number): string {
  return `${rowId(index)}-${String(column)}`;
}

/** One contact of the table: plain elements, as every frame of scrolling makes some of them. */
export const TableRow = memo(function TableRow(props: TableRowProps): ReactNode {
  const { row, index, top, columns, lookup, now, open, picked, cursor, onClick } = props;
  const click = (event: MouseEvent): void => {
    if (row === undefined) return;
    const onTick = event.target instanceof Element && event.target.closest('[data-tick]') !== null;
    const how = event.shiftKey ? 'range' : onTick || event.ctrlKey || event.metaKey ? 'pick' : 'open';
    onClick(index, row.contact.id, how);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid has the keys and the focus
    <div
      role="row"
      id={rowId(index)}
      // The heads are the first row.
      aria-rowindex={index + 2}
      aria-selected={picked}
      aria-busy={row === undefined || undefined}
      data-contact={row?.contact.id}
      data-open={open || undefined}
      className={cx(styles['row'], picked && styles['picked'], cursor !== null && styles['at'])}
      style={{ transform: `translateY(${String(top)}px)` }}
      onClick={click}
    >
      {columns.map((column, at) => (
        <div
          key={column.id}
          role={at === 0 ? 'rowheader' : 'gridcell'}
          id={cellId(index, at)}
          aria-colindex={at + 1}
          className={cx(styles['cell'], at === 0 && styles['nameCell'], cursor === at && styles['atCell'])}
        >
          {at === 0 ? (
            <span className={styles['tick']} data-tick="" aria-hidden="true">
              {picked ? <Check size={12} strokeWidth={3} /> : null}
            </span>
          ) : null}
          {row === undefined ? (
            at === 0 ? (
              <Skeleton width="60%" />
            ) : null
          ) : at === 0 ? (
            <span className={styles['words']}>{row.contact.name}</span>
          ) : (
            cellOf(row, column, lookup, now)
          )}
          {at === 0 && row?.unsynced === true ? (
            <span className={styles['unsynced']} title={t('contacts.unsynced')}>
              <VisuallyHidden>{t('contacts.unsynced')}</VisuallyHidden>
            </span>
          ) : null}
        </div>
      ))}
    </div>
  );
});
