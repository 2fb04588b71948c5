/** The table of contacts as the page asks for it: rows as text, put together from stored JSON. */
import type { ContactFilter } from '../../../shared/domain/contact-filter.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ReadableDb } from '../sql.ts';
import { JsonText } from '../read/json.ts';
import type { PeopleTable } from './table.ts';
import type { PeopleInput } from './types.ts';

type Row = { json: string; conversations: number; last: number | null; unsynced: number };

/** As `{rows, total}` of the contract. */
export function readContacts(db: ReadableDb, table: PeopleTable, input: PeopleInput): JsonText {
  const refs = table.refs(input);
  const rows: string[] = [];
  for (const ref of refs.subarray(input.offset, input.offset + input.limit)) {
    const row = db.get<Row>`
      SELECT c.json, p.conversations, p.last_message_at AS last, c.base IS NOT NULL AS unsynced
      FROM people p JOIN contacts c ON c.ref = p.ref WHERE p.ref = ${ref}`;
    if (row === undefined) continue;
    rows.push(
      `{"contact":${row.json},"conversations":${row.conversations},"lastMessageAt":${row.last},"unsynced":${row.unsynced === 1}}`,
    );
  }
  return new JsonText(`{"rows":[${rows.join(',')}],"total":${refs.length}}`);
}

export function readContactCounts(
  table: PeopleTable,
  { filters, now }: { filters: readonly ContactFilter[]; now: number },
): number[] {
  return filters.map((filter) => table.count(filter, now));
}

export function readContactIds(db: ReadableDb, table: PeopleTable, input: PeopleInput): string[] {
  const ids: string[] = [];
  for (const ref of table.refs(input).subarray(input.offset, input.offset + input.limit)) {
    const row = db.get<{ id: string }>`SELECT id FROM contacts WHERE ref = ${ref}`;
    if (row !== undefined) ids.push(row.id);
  }
  return ids;
}

export function readContactsById(db: ReadableDb, { ids }: { ids: readonly string[] }): Contact[] {
  return ids.flatMap((id) => {
    const row = db.get<{ json: string }>`SELECT json FROM contacts WHERE id = ${id}`;
    return row === undefined ? [] : [JSON.parse(row.json) as Contact];
  });
}
