/** Contacts with their identities, and the copy of the name that each conversation carries for the list. */
import type { Contact } from '../../../shared/domain/contact.ts';
import type { WritableDb } from '../sql.ts';
import type { Tx } from './context.ts';

type Row = { ref: number; rev: number; epoch: number; json: string };

/** Stores a contact unless a newer state is here. `renew`: see `putConversation`. */
export function putContact(tx: Tx, contact: Contact, renew = false): boolean {
  const { db } = tx;
  const existing = db.get<Row>`SELECT ref, rev, epoch, json FROM contacts WHERE id = ${contact.id}`;
  const json = JSON.stringify(contact);
  if (existing === undefined) {
    const { lastInsertRowid } = db.run`
      INSERT INTO contacts (id, name, rev, epoch, json)
      VALUES (${contact.id}, ${contact.name}, ${contact.rev}, ${tx.epoch}, ${json})`;
    tx.indexer.addContact(Number(lastInsertRowid), contact);
  } else {
    const renewed = renew && existing.epoch < tx.epoch;
    if (!renewed && existing.rev >= contact.rev) return false;
    db.run`
      UPDATE contacts SET name = ${contact.name}, rev = ${contact.rev}, epoch = ${renewed ? tx.epoch : existing.epoch},
        json = ${json}
      WHERE ref = ${existing.ref}`;
    if (existing.json !== json)
      tx.indexer.replaceContact(existing.ref, JSON.parse(existing.json) as Contact, contact);
    db.run`DELETE FROM identities WHERE contact_id = ${contact.id}`;
  }
  for (const identity of contact.identities) {
    db.run`
      INSERT INTO identities (channel_kind, external_id, contact_id)
      VALUES (${identity.channelKind}, ${identity.externalId}, ${contact.id})
      ON CONFLICT (channel_kind, external_id) DO UPDATE SET contact_id = excluded.contact_id`;
  }
  rename(tx, contact);
  tx.changes.contacts.add(contact.id);
  return true;
}

/** Removes a contact with whom no conversation is left. */
export function dropContactWithoutConversation(tx: Tx, contactId: string): void {
  const { db } = tx;
  if (db.get`SELECT 1 FROM conversations WHERE contact_id = ${contactId} LIMIT 1` !== undefined) return;
  const row = db.get<Row>`SELECT ref, rev, epoch, json FROM contacts WHERE id = ${contactId}`;
  if (row === undefined) return;
  tx.indexer.removeContact(row.ref, JSON.parse(row.json) as Contact);
  deleteContact(db, contactId);
  tx.changes.contacts.add(contactId);
}

function deleteContact(db: WritableDb, id: string): void {
  db.run`DELETE FROM identities WHERE contact_id = ${id}`;
  db.run`DELETE FROM contacts WHERE id = ${id}`;
}

function rename(tx: Tx, contact: Contact): void {
  const renamed = tx.db.all<{ id: string }>`
    SELECT id FROM conversations WHERE contact_id = ${contact.id} AND contact_name <> ${contact.name}`;
  if (renamed.length === 0) return;
  tx.db.run`UPDATE conversations SET contact_name = ${contact.name} WHERE contact_id = ${contact.id}`;
  for (const { id } of renamed) tx.changes.conversation(id);
  tx.changes.lists = true;
}
