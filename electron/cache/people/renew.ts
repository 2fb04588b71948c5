/** Makes the table of contacts anew when today's rules for it are others than those that it was made by. */
import type { Contact } from '../../../shared/domain/contact.ts';
import { secureDelete } from '../search/shards.ts';
import type { Tx } from '../store/context.ts';
import { PEOPLE_VERSION, derive } from './derive.ts';
import { emptyContact } from './overlay.ts';
import { writePerson } from './rows.ts';

type Row = { ref: number; id: string; json: string; base: string | null };

/** At the opening. Records of before the contact manager get the values that say "none". */
export function renewPeople(tx: Tx): void {
  const { db } = tx;
  const version = db.get<{ version: number }>`SELECT version FROM people_state`?.version;
  if (version === PEOPLE_VERSION) return;
  db.run`DELETE FROM people`;
  db.run`DELETE FROM contact_labels`;
  db.run`DELETE FROM contact_values`;
  db.run`DELETE FROM contact_keys`;
  db.run`INSERT INTO contact_index (contact_index) VALUES ('delete-all')`;
  db.raw.exec(secureDelete('contact_index'));
  for (const row of db.all<Row>`SELECT ref, id, json, base FROM contacts ORDER BY ref`) {
    const contact = complete(JSON.parse(row.json) as Contact);
    const base = row.base === null ? null : (JSON.parse(row.base) as Contact | null);
    const baseJson = row.base === null ? null : JSON.stringify(base === null ? null : complete(base));
    db.run`
      UPDATE contacts SET json = ${JSON.stringify(contact)}, base = ${baseJson}, deleted = ${Number(contact.deleted)},
        merged_into = ${contact.mergedInto}, restricted = ${Number(contact.restriction !== null)}
      WHERE ref = ${row.ref}`;
    tx.indexer.addContact(row.ref, contact);
    writePerson(tx, row.ref, null, derive(contact));
    tx.people.ids.add(row.id);
  }
  db.run`UPDATE people_state SET version = ${PEOPLE_VERSION}`;
}

function complete(contact: Contact): Contact {
  const empty: Contact = emptyContact(contact.id, contact.createdAt);
  return Object.assign(empty, { updatedAt: 0 }, contact);
}
