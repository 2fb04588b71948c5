/** The layout of our own CSV: what write-csv writes and own files are read by. Headers are part of the format and not translated. */
import { plainBreaks } from './check-row.ts';
import type { Column } from './columns.ts';
import type { ExportContact, ImportRow } from './contact.ts';
import { TransferConsent, TransferIdentity, emptyRow } from './contact.ts';
import { guardFormula, unguardFormula } from './formula.ts';
import { joinList, joinTuple, splitList, splitTuple } from './list-cell.ts';
import type { RowReason } from './problems.ts';

const MARK = 'Parley ID';
const FIELD = 'Field: ';

type OwnColumn = {
  header: string;
  write(contact: ExportContact): string;
  /** What stands in the file is null where it cannot be read: the reason comes from here. */
  read(row: ImportRow, text: string): RowReason | null;
};

const text = (header: string, part: 'company' | 'language' | 'timeZone' | 'note'): OwnColumn => ({
  header,
  write: (contact) => contact[part] ?? '',
  read(row, cell) {
    row[part] = cell === '' ? null : cell;
    return null;
  },
});

const list = (header: string, part: 'phones' | 'emails' | 'labels'): OwnColumn => ({
  header,
  write: (contact) => joinList(contact[part]),
  read(row, cell) {
    row[part] = splitList(cell).filter((item) => item !== '');
    return null;
  },
});

const OWN_COLUMNS: readonly OwnColumn[] = [
  {
    header: MARK,
    write: (contact) => contact.id,
    read(row, cell) {
      row.id = cell === '' ? null : cell;
      return null;
    },
  },
  {
    header: 'Name',
    write: (contact) => contact.name,
    read(row, cell) {
      row.name = cell;
      return null;
    },
  },
  text('Company', 'company'),
  list('Phones', 'phones'),
  list('E-mails', 'emails'),
  text('Language', 'language'),
  text('Time zone', 'timeZone'),
  list('Labels', 'labels'),
  text('Note', 'note'),
  {
    header: 'Consent',
    write: (contact) => joinList(contact.consent.map(consentText)),
    read(row, cell) {
      for (const item of splitList(cell)) {
        const consent = consentOf(item);
        if (consent === null) return 'unknown_consent';
        row.consent.push(consent);
      }
      return null;
    },
  },
  {
    header: 'Identities',
    write: (contact) => joinList(contact.identities.map(identityText)),
    read(row, cell) {
      for (const item of splitList(cell)) {
        const identity = identityOf(item);
        if (identity === null) return 'wrong_shape';
        row.identities.push(identity);
      }
      return null;
    },
  },
  {
    header: 'Blocked',
    write: (contact) => (contact.blocked ? 'yes' : 'no'),
    read(row, cell) {
      row.blocked = cell === '' ? null : cell.toLowerCase() === 'yes';
      return null;
    },
  },
  {
    header: 'Created',
    write: (contact) => new Date(contact.createdAt).toISOString(),
    read(row, cell) {
      row.createdAt = cell === '' ? null : timeOf(cell);
      return cell !== '' && row.createdAt === null ? 'not_a_date' : null;
    },
  },
  {
    // What has no column of its own, so that nothing is lost.
    header: 'More fields',
    write: () => '',
    read(row, cell) {
      for (const item of splitList(cell)) {
        const [key, value] = splitTuple(item, 2);
        if (key != null && value != null) setField(row, key, value);
      }
      return null;
    },
  },
];

/** The cells of the header, for custom fields with these names. */
export function ownHeader(fieldNames: readonly string[]): string[] {
  return [
    ...OWN_COLUMNS.map((column) => column.header),
    ...fieldNames.map((name) => guardFormula(FIELD + name)),
  ];
}

/** The cells of one contact, safe against formulas. */
export function ownCells(
  contact: ExportContact,
  fieldNames: readonly string[],
  known: ReadonlySet<string>,
): string[] {
  const more = Object.keys(contact.fields).filter((name) => !known.has(name));
  const cells = OWN_COLUMNS.map((column) => column.write(contact));
  cells[OWN_COLUMNS.length - 1] = joinList(
    more.map((name) => joinTuple([name, contact.fields[name] ?? null])),
  );
  for (const name of fieldNames) {
    cells.push(Object.hasOwn(contact.fields, name) ? (contact.fields[name] ?? '') : '');
  }
  return cells.map(guardFormula);
}

/** Whether the columns are those of our own export: another program may have moved or dropped some since. */
export function isOwnHeader(columns: readonly Column[]): boolean {
  return columns.some((column) => column.header === MARK);
}

/** Reads records of our own export. Values are kept to the letter, nothing is trimmed. */
export function ownReader(
  columns: readonly Column[],
): (line: number, cells: readonly string[]) => { row: ImportRow } | { reason: RowReason; column: Column } {
  const readers = columns.map((column) => {
    const own = OWN_COLUMNS.find((it) => it.header === column.key);
    const name = unguardFormula(column.raw);
    const field = name.startsWith(FIELD) && name !== FIELD ? name.slice(FIELD.length) : null;
    return { column, own, field };
  });
  return (line, cells) => {
    const row = emptyRow(line);
    for (const { column, own, field } of readers) {
      const cell = plainBreaks(unguardFormula(cells[column.position - 1] ?? ''));
      const reason = own?.read(row, cell) ?? null;
      if (reason !== null) return { reason, column };
      if (field !== null && cell !== '') setField(row, field, cell);
    }
    return { row };
  };
}

/** A key like `__proto__` is a name as any other. */
export function setField(row: ImportRow, key: string, value: string): void {
  Object.defineProperty(row.fields, key, { value, enumerable: true, writable: true, configurable: true });
}

export function consentText(consent: TransferConsent): string {
  const at = consent.at === null ? null : new Date(consent.at).toISOString();
  return joinTuple([consent.purpose, consent.channel, consent.state, at, consent.source]);
}

export function consentOf(tuple: string): TransferConsent | null {
  const [purpose, channel, state, at, source] = splitTuple(tuple, 5);
  const time = at == null ? null : timeOf(at);
  if (at != null && time === null) return null;
  return TransferConsent.safeParse({ purpose, channel, state, at: time, source }).data ?? null;
}

export function identityText(it: TransferIdentity): string {
  return joinTuple([it.channelKind, it.externalId, it.parentExternalId, it.phone, it.username]);
}

export function identityOf(tuple: string): TransferIdentity | null {
  const [channelKind, externalId, parentExternalId, phone, username] = splitTuple(tuple, 5);
  return (
    TransferIdentity.safeParse({ channelKind, externalId, parentExternalId, phone, username }).data ?? null
  );
}

/** Epoch milliseconds of an ISO date and time, or null. */
export function timeOf(iso: string): number | null {
  const time = Date.parse(iso);
  return Number.isNaN(time) || time < 0 ? null : time;
}
