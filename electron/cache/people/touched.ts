/** People whose conversations or ledger a transaction has touched: what the table says about those is written once, at its end. */
import { consentOf } from './ledger.ts';
import { clusterOf, personOf } from './cluster.ts';
import type { Tx } from '../store/context.ts';

export class Touched {
  readonly ids = new Set<string>();
  /** A column that lists filter or sort by has changed, or only the times of last messages. */
  changed = false;
  moved = false;
}

type Person = { ref: number; id: string; name: string; last: number | null; count: number; service: string };

/** The end of every transaction of the writer. */
export function settlePeople(tx: Tx): void {
  const { db, people } = tx;
  const done = new Set<string>();
  for (const touched of people.ids) {
    const id = personOf(db, touched);
    if (done.has(id)) continue;
    done.add(id);
    settleOne(tx, id);
  }
  people.ids.clear();
  if (people.changed) db.run`UPDATE people_state SET changed = changed + 1`;
  else if (people.moved) db.run`UPDATE people_state SET moved = moved + 1`;
  if (people.changed || people.moved) tx.changes.people = true;
  people.changed = false;
  people.moved = false;
}

function settleOne(tx: Tx, id: string): void {
  const { db } = tx;
  const contact = db.get<{ ref: number; name: string }>`SELECT ref, name FROM contacts WHERE id = ${id}`;
  if (contact === undefined) return;
  const ids = clusterOf(db, id);
  let count = 0;
  let last: number | null = null;
  for (const one of ids) {
    const row = db.get<{ count: number; last: number | null }>`
      SELECT count(*) AS count, max(json ->> '$.lastMessage.at') AS last FROM conversations WHERE contact_id = ${one}`;
    if (row === undefined || row.count === 0) continue;
    count += row.count;
    if (row.last !== null) last = Math.max(last ?? 0, row.last);
    rename(tx, one, contact.name);
  }
  const person = db.get<Person>`
    SELECT ref, last_message_at AS last, conversations AS count, service FROM people WHERE ref = ${contact.ref}`;
  if (person === undefined) return;
  const service = consentOf(db, ids, 'service');
  if (person.last === last && person.count === count && person.service === service) return;
  if (person.service !== service || (person.count === 0) !== (count === 0)) tx.people.changed = true;
  tx.people.moved = true;
  tx.changes.contacts.add(id);
  db.run`
    UPDATE people SET last_message_at = ${last}, conversations = ${count}, service = ${service} WHERE ref = ${contact.ref}`;
}

/** The copy of the name that each conversation carries for the list. */
function rename(tx: Tx, contactId: string, name: string): void {
  const renamed = tx.db.all<{ id: string }>`
    SELECT id FROM conversations WHERE contact_id = ${contactId} AND contact_name <> ${name}`;
  if (renamed.length === 0) return;
  tx.db.run`UPDATE conversations SET contact_name = ${name} WHERE contact_id = ${contactId}`;
  for (const { id } of renamed) tx.changes.conversation(id);
  tx.changes.lists = true;
}
