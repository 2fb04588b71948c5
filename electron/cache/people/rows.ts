/** Keeps the table of contacts as the records say. Only what differs is written: each index costs its own page. */
import type { Tx } from '../store/context.ts';
import type { Derived } from './derive.ts';

/** Moves a person from what was derived before (null: not shown) to what is now (null: not shown any more). */
export function writePerson(tx: Tx, ref: number, before: Derived | null, after: Derived | null): void {
  const { db } = tx;
  if (before === null && after === null) return;
  tx.people.changed = true;
  if (after === null) db.run`DELETE FROM people WHERE ref = ${ref}`;
  else if (before === null) {
    db.run`
      INSERT INTO people (ref, name, company, phone, email, language, time_zone, created_at, updated_at,
        last_message_at, conversations, blocked, restricted, marketing, service, channels, digits)
      VALUES (${ref}, ${after.name}, ${after.company}, ${after.phone}, ${after.email}, ${after.language}, ${after.timeZone},
        ${after.createdAt}, ${after.updatedAt}, NULL, 0, ${after.blocked}, ${after.restricted}, ${after.marketing}, 'unknown',
        ${after.channels}, ${after.digits})`;
  } else {
    db.run`
      UPDATE people SET name = ${after.name}, company = ${after.company}, phone = ${after.phone}, email = ${after.email},
        language = ${after.language}, time_zone = ${after.timeZone}, created_at = ${after.createdAt},
        updated_at = ${after.updatedAt}, blocked = ${after.blocked}, restricted = ${after.restricted},
        marketing = ${after.marketing}, channels = ${after.channels}, digits = ${after.digits}
      WHERE ref = ${ref}`;
  }
  writeLabels(tx, ref, before?.labels ?? [], after?.labels ?? []);
  writeValues(tx, ref, before?.values ?? NOTHING, after?.values ?? NOTHING);
  writeKeys(tx, ref, before?.keys ?? [], after?.keys ?? []);
}

const NOTHING: ReadonlyMap<string, string> = new Map();

function writeLabels(tx: Tx, ref: number, before: readonly string[], after: readonly string[]): void {
  for (const id of before) {
    if (!after.includes(id)) tx.db.run`DELETE FROM contact_labels WHERE label_id = ${id} AND ref = ${ref}`;
  }
  for (const id of after) {
    if (!before.includes(id))
      tx.db.run`INSERT OR IGNORE INTO contact_labels (label_id, ref) VALUES (${id}, ${ref})`;
  }
}

function writeValues(
  tx: Tx,
  ref: number,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): void {
  for (const id of before.keys()) {
    if (!after.has(id)) tx.db.run`DELETE FROM contact_values WHERE field_id = ${id} AND ref = ${ref}`;
  }
  for (const [id, value] of after) {
    if (before.get(id) === value) continue;
    tx.db.run`
      INSERT INTO contact_values (field_id, ref, value) VALUES (${id}, ${ref}, ${value})
      ON CONFLICT (field_id, ref) DO UPDATE SET value = excluded.value`;
  }
}

function writeKeys(tx: Tx, ref: number, before: Derived['keys'], after: Derived['keys']): void {
  const name = ({ kind, key }: Derived['keys'][number]): string => `${kind}:${key}`;
  const had = new Set(before.map(name));
  const has = new Set(after.map(name));
  for (const one of before) {
    if (!has.has(name(one)))
      tx.db.run`DELETE FROM contact_keys WHERE kind = ${one.kind} AND key = ${one.key} AND ref = ${ref}`;
  }
  for (const one of after) {
    if (!had.has(name(one)))
      tx.db.run`INSERT OR IGNORE INTO contact_keys (kind, key, ref) VALUES (${one.kind}, ${one.key}, ${ref})`;
  }
}
