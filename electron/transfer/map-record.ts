/** A contact out of a record of any CSV file, by a mapping. */
import { plainBreaks, rowProblem, textProblem } from './check-row.ts';
import type { Column } from './columns.ts';
import type { ImportRow } from './contact.ts';
import { emptyRow } from './contact.ts';
import { MAX_ITEMS, MAX_NOTE_LENGTH, MAX_VALUE_LENGTH } from './limits.ts';
import { isOwnHeader, ownReader, setField } from './own-csv.ts';
import type { RowProblem, RowReason } from './problems.ts';
import type { CsvRecord } from './read-csv.ts';
import type { Mapping, Target } from './targets.ts';

export type MappedRecord = { type: 'row'; row: ImportRow } | RowProblem;

/**
 * Gives the function that makes rows of records. Values are trimmed and otherwise kept to the letter: formulas and markup are text. Our own
 * export is known by its header; `mapping` does not count for it.
 */
export function recordMapper(
  columns: readonly Column[],
  mapping: Mapping,
): (record: CsvRecord) => MappedRecord {
  if (isOwnHeader(columns)) return ownMapper(columns);
  const used = columns.flatMap((column): [Column, Target][] => {
    const target = Object.hasOwn(mapping, column.key) ? (mapping[column.key] ?? 'ignore') : 'ignore';
    return target === 'ignore' ? [] : [[column, target]];
  });
  const columnOf = (part: string | null): Column | null =>
    used.find(([, target]) => target === part || TARGET_PARTS[target] === part)?.[0] ?? null;
  return ({ line, values }) => {
    const row = emptyRow(line);
    const names: Names = { given: [], middle: [], family: [] };
    for (const [column, target] of used) {
      const value = plainBreaks(values[column.position - 1] ?? '').trim();
      if (value === '') continue;
      const limit = target === 'note' ? MAX_NOTE_LENGTH : MAX_VALUE_LENGTH;
      const reason = textProblem(value, limit) ?? put(row, names, target, value);
      if (reason !== null) return problem(line, column, reason);
    }
    if (row.name === '') row.name = [...names.given, ...names.middle, ...names.family].join(' ');
    const found = rowProblem(row);
    return found === null ? { type: 'row', row } : problem(line, columnOf(found.part), found.reason);
  };
}

/** Which part of a row a target fills, where the names differ. */
const TARGET_PARTS: Readonly<Record<string, string>> = { phone: 'phones', email: 'emails', note: 'note' };

type Names = { given: string[]; middle: string[]; family: string[] };

function ownMapper(columns: readonly Column[]): (record: CsvRecord) => MappedRecord {
  const read = ownReader(columns);
  return ({ line, values }) => {
    const result = read(line, values);
    if ('reason' in result) return problem(line, result.column, result.reason);
    const found = rowProblem(result.row);
    return found === null ? { type: 'row', row: result.row } : problem(line, null, found.reason, found.part);
  };
}

function problem(
  line: number,
  column: Column | null,
  reason: RowReason,
  name: string | null = null,
): RowProblem {
  const position = column?.position ?? null;
  return { type: 'problem', line, column: column?.header ?? name, position, reason };
}

function put(row: ImportRow, names: Names, target: Target, value: string): RowReason | null {
  switch (target) {
    case 'ignore':
      return null;
    case 'name':
      row.name = row.name === '' ? value : `${row.name} ${value}`;
      return null;
    case 'givenName':
      names.given.push(value);
      return null;
    case 'middleName':
      names.middle.push(value);
      return null;
    case 'familyName':
      names.family.push(value);
      return null;
    case 'company':
    case 'language':
    case 'timeZone':
      row[target] ??= value;
      return null;
    case 'phone':
      return addAll(row.phones, value.split(/:::|[\n;,|]/u));
    case 'email':
      return addAll(row.emails, value.split(/:::|[\n;,|]/u));
    case 'labels':
      // Google marks its own groups with a star.
      return addAll(
        row.labels,
        value.split(/:::|[\n;,|]/u).map((label) => label.trim().replace(/^\* /u, '')),
      );
    case 'note':
      row.note = row.note === null ? value : `${row.note}\n${value}`;
      return null;
    case 'marketingConsent':
      return putConsent(row, value);
    default:
      return putNamed(row, target, value);
  }
}

function putNamed(row: ImportRow, target: `field:${string}` | `identity:${string}`, value: string): null {
  const name = target.slice(target.indexOf(':') + 1);
  if (name === '') return null;
  if (target.startsWith('field:')) {
    if (!Object.hasOwn(row.fields, name)) setField(row, name, value);
  } else {
    const identity = { externalId: value, parentExternalId: null, phone: null, username: null };
    row.identities.push({ channelKind: name, ...identity });
  }
  return null;
}

/** Yes and no, in the words of five languages. */
const YES = new Set(
  'yes|y|true|1|x|on|granted|given|opted in|opted_in|opt-in|subscribed|ja|j|wahr|sí|si|s|verdadero|sim|verdadeiro|نعم|موافق'.split(
    '|',
  ),
);
const NO = new Set(
  'no|n|false|0|off|denied|withdrawn|opted out|opted_out|opt-out|unsubscribed|nein|falsch|falso|não|nao|لا|غير موافق'.split(
    '|',
  ),
);

function putConsent(row: ImportRow, value: string): RowReason | null {
  const word = value.toLowerCase().normalize('NFC');
  const state = YES.has(word) ? 'given' : NO.has(word) ? 'withdrawn' : null;
  if (state === null) return 'unknown_consent';
  // Two columns that disagree are no consent.
  if (row.consent.some((it) => it.state !== state)) return 'unknown_consent';
  if (row.consent.length === 0) {
    row.consent.push({ purpose: 'marketing', channel: null, state, at: null, source: null });
  }
  return null;
}

function addAll(list: string[], items: readonly string[]): null {
  for (const item of items) {
    const text = item.trim();
    if (list.length > MAX_ITEMS) break; // Refused later; comparing them all would take for ever.
    if (text !== '' && !list.includes(text)) list.push(text);
  }
  return null;
}
