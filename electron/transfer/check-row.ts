/** What every row has to keep to, whatever format it came from. */
import type { ImportRow } from './contact.ts';
import { MAX_ITEMS, MAX_NOTE_LENGTH, MAX_VALUE_LENGTH } from './limits.ts';
import type { RowReason } from './problems.ts';

/** C0 and C1 without tab and line feed, and delete: Unicode's category Cc, less what a text may hold. */
// oxlint-disable-next-line eslint/no-control-regex -- naming them is the point
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/u;

/** Line breaks of every system as line feeds. */
export function plainBreaks(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/gu, '\n') : text;
}

/** What is wrong with one text, or null. */
export function textProblem(text: string, limit = MAX_VALUE_LENGTH): RowReason | null {
  if (text.length > limit) return 'value_too_long';
  return CONTROL.test(text) || !text.isWellFormed() ? 'control_characters' : null;
}

/** The first thing wrong with a row; `part` names it as in ImportRow, or a custom field by its key; it is null for the row as a whole. */
export function rowProblem(row: ImportRow): { reason: RowReason; part: string | null } | null {
  for (const [part, text, limit] of textsOf(row)) {
    const reason = textProblem(text, limit);
    if (reason !== null) return { reason, part };
  }
  for (const part of ['phones', 'emails', 'labels', 'consent', 'identities'] as const) {
    if (row[part].length > MAX_ITEMS) return { reason: 'too_many_items', part };
  }
  const known =
    row.name.trim() !== '' ||
    row.company !== null ||
    row.phones.length > 0 ||
    row.emails.length > 0 ||
    row.identities.length > 0 ||
    row.id !== null;
  return known ? null : { reason: 'empty_contact', part: null };
}

function* textsOf(row: ImportRow): Generator<[part: string, text: string, limit: number], void, undefined> {
  for (const part of ['id', 'name', 'company', 'language', 'timeZone'] as const) {
    const text = row[part];
    if (text !== null) yield [part, text, MAX_VALUE_LENGTH];
  }
  if (row.note !== null) yield ['note', row.note, MAX_NOTE_LENGTH];
  for (const part of ['phones', 'emails', 'labels'] as const) {
    for (const text of row[part]) yield [part, text, MAX_VALUE_LENGTH];
  }
  for (const key of Object.keys(row.fields)) {
    yield [key, key, MAX_VALUE_LENGTH];
    yield [key, row.fields[key] ?? '', MAX_VALUE_LENGTH];
  }
  for (const it of row.consent) yield ['consent', `${it.channel ?? ''}${it.source ?? ''}`, MAX_VALUE_LENGTH];
  for (const it of row.identities) {
    const text = [it.channelKind, it.externalId, it.parentExternalId, it.phone, it.username].join('');
    yield ['identities', text, MAX_VALUE_LENGTH];
  }
}
