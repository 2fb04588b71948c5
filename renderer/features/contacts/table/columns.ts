import type { ContactField } from '../../../../shared/domain/contact-field.ts';
import type { ContactSort } from '../../../../shared/domain/contact-filter.ts';
import { t } from '../../../i18n/t.ts';

const OWN = [
  'name',
  'state',
  'company',
  'phone',
  'email',
  'labels',
  'channels',
  'consent',
  'language',
  'timeZone',
  'conversations',
  'lastMessage',
  'created',
  'updated',
] as const;
export type OwnColumn = (typeof OWN)[number];
/** A column of ours, or `field:` and the id of a custom field. */
export type ColumnId = OwnColumn | `field:${string}`;

export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  /** What a press on its head orders by; null where there is no order. */
  readonly sort: ContactSort['by'] | null;
  readonly width: number;
  /** Of a custom field. */
  readonly field: ContactField | null;
}

/** Columns that a table starts with. The name is always there, and first. */
export const FIRST_COLUMNS: ReadonlyArray<ColumnId> = [
  'name',
  'state',
  'company',
  'phone',
  'email',
  'labels',
  'consent',
  'lastMessage',
];

const WIDTHS: Readonly<Record<OwnColumn, number>> = {
  name: 220,
  state: 110,
  company: 160,
  phone: 160,
  email: 210,
  labels: 160,
  channels: 120,
  consent: 130,
  language: 120,
  timeZone: 150,
  conversations: 110,
  lastMessage: 130,
  created: 130,
  updated: 130,
};

const SORTS: Readonly<Partial<Record<OwnColumn, ContactSort['by']>>> = {
  name: 'name',
  company: 'company',
  phone: 'phone',
  email: 'email',
  language: 'language',
  lastMessage: 'last_message',
  created: 'created',
  updated: 'updated',
};

/** Every column that there can be. */
export function allColumns(fields: ReadonlyArray<ContactField>): ReadonlyArray<Column> {
  return [
    ...OWN.map((id): Column => ({
      id,
      title: t(`contacts.column.${id}`),
      sort: SORTS[id] ?? null,
      width: WIDTHS[id],
      field: null,
    })),
    ...fields.map((field): Column => ({
      id: `field:${field.id}`,
      title: field.name,
      sort: { fieldId: field.id },
      width: 150,
      field,
    })),
  ];
}

/** The chosen columns in their order, with the widths of this machine. A field that is gone is left out. */
export function shownColumns(
  all: ReadonlyArray<Column>,
  chosen: ReadonlyArray<string>,
  widths: Readonly<Record<string, number>>,
): ReadonlyArray<Column> {
  const byId = new Map<string, Column>(all.map((column) => [column.id, column]));
  const rest = chosen.filter((id) => id !== 'name');
  return ['name', ...rest].flatMap((id) => {
    const column = byId.get(id);
    return column === undefined ? [] : [{ ...column, width: widths[id] ?? column.width }];
  });
}

/** A list with one of its entries somewhere else. The name keeps its place. */
export function moved(list: ReadonlyArray<string>, id: string, to: number): ReadonlyArray<string> {
  if (id === 'name' || !list.includes(id)) return list;
  const without = list.filter((each) => each !== id);
  const at = Math.max(1, Math.min(without.length, to));
  return [...without.slice(0, at), id, ...without.slice(at)];
}

/** Whether two orders are by the same thing. */
export function sameSort(a: ContactSort['by'] | null, b: ContactSort['by']): boolean {
  return a !== null && JSON.stringify(a) === JSON.stringify(b);
}
