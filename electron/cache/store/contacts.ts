/** Contacts: the gateway's state, what is shown of it, and every row that lists, search and duplicates are made from. */
import type { Contact } from '../../../shared/domain/contact.ts';
import { derive } from '../people/derive.ts';
import { overlayContact } from '../people/overlay.ts';
import { writePerson } from '../people/rows.ts';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from './context.ts';

/** `base`: the gateway's state where commands are pending on it; JSON `null` when the gateway does not have it yet. */
type Row = { ref: number; rev: number; epoch: number; json: string; base: string | null };

/** Stores a contact unless a newer state is here. One of an earlier first sync is always older, whatever its number. */
export function putContact(tx: Tx, contact: Contact): boolean {
  if (tx.erased.has(contact.id)) return false;
  const existing = find(tx.db, contact.id);
  if (existing !== undefined && existing.epoch >= tx.epoch && existing.rev >= contact.rev) return false;
  show(tx, contact.id, existing, contact, tx.epoch);
  return true;
}

/** After the last page of contacts: what an earlier first sync brought and this one did not is not ours to see. */
export function withdrawOldContacts(tx: Tx): void {
  const old = tx.db.all<Row & { id: string }>`
    SELECT id, ref, rev, epoch, json, base FROM contacts c
    WHERE epoch < ${tx.epoch} AND NOT EXISTS (SELECT 1 FROM conversations t WHERE t.contact_id = c.id)`;
  // What was written about it here and is still to be sent stays to be seen.
  for (const { id, ...row } of old) show(tx, id, row, null, tx.epoch);
}

/** Shows a contact again after the commands about it have changed. */
export function refreshContact(tx: Tx, id: string): void {
  if (tx.erased.has(id)) return;
  const existing = find(tx.db, id);
  const base = existing === undefined ? null : baseOf(existing);
  show(tx, id, existing, base, existing?.epoch ?? tx.epoch);
}

/** Removes a contact with whom no conversation is left. */
export function dropContactWithoutConversation(tx: Tx, contactId: string): void {
  const { db } = tx;
  if (db.get`SELECT 1 FROM conversations WHERE contact_id = ${contactId} LIMIT 1` !== undefined) return;
  dropContact(tx, contactId);
}

/** Removes a contact with everything that is kept about it. */
export function dropContact(tx: Tx, contactId: string): void {
  const row = find(tx.db, contactId);
  if (row !== undefined) drop(tx, contactId, row);
  tx.db.run`DELETE FROM consents WHERE contact_id = ${contactId}`;
}

function find(db: ReadableDb, id: string): Row | undefined {
  return db.get<Row>`SELECT ref, rev, epoch, json, base FROM contacts WHERE id = ${id}`;
}

function baseOf(row: Row): Contact | null {
  return JSON.parse(row.base ?? row.json) as Contact | null;
}

/** Writes what is to be seen of a contact: the gateway's state with everything pending on it. */
function show(tx: Tx, id: string, existing: Row | undefined, base: Contact | null, epoch: number): void {
  const { db } = tx;
  const contact = overlayContact({ db, pending: tx.outbox.people }, id, base);
  if (contact === null) {
    if (existing !== undefined) drop(tx, id, existing);
    return;
  }
  const json = JSON.stringify(contact);
  const baseJson = contact === base ? null : JSON.stringify(base);
  const rev = base?.rev ?? 0;
  const { name, mergedInto } = contact;
  const [deleted, restricted] = [Number(contact.deleted), Number(contact.restriction !== null)];
  if (existing === undefined) {
    const { lastInsertRowid } = db.run`
      INSERT INTO contacts (id, name, rev, epoch, deleted, merged_into, restricted, json, base)
      VALUES (${id}, ${name}, ${rev}, ${epoch}, ${deleted}, ${mergedInto}, ${restricted}, ${json}, ${baseJson})`;
    const ref = Number(lastInsertRowid);
    tx.indexer.addContact(ref, contact);
    const is = derive(contact);
    writePerson(tx, ref, null, is);
    writeIdentities(tx, id, null, is === null ? null : contact);
    // With one that was made here there is no conversation yet that would not say so itself.
    if (base !== null) tx.people.ids.add(id);
  } else if (existing.json === json) {
    db.run`UPDATE contacts SET rev = ${rev}, epoch = ${epoch}, base = ${baseJson} WHERE ref = ${existing.ref}`;
    if (baseJson === existing.base) return;
  } else {
    const before = JSON.parse(existing.json) as Contact;
    const sameColumns =
      before.mergedInto === mergedInto && (before.restriction === null) === (contact.restriction === null);
    if (sameColumns) {
      db.run`
        UPDATE contacts SET name = ${name}, rev = ${rev}, epoch = ${epoch}, deleted = ${deleted}, json = ${json}, base = ${baseJson}
        WHERE ref = ${existing.ref}`;
    } else {
      db.run`
        UPDATE contacts SET name = ${name}, rev = ${rev}, epoch = ${epoch}, deleted = ${deleted}, merged_into = ${mergedInto},
          restricted = ${restricted}, json = ${json}, base = ${baseJson}
        WHERE ref = ${existing.ref}`;
      if (before.mergedInto !== null) tx.people.ids.add(before.mergedInto);
    }
    tx.indexer.replaceContact(existing.ref, before, contact);
    const was = derive(before);
    const is = derive(contact);
    writePerson(tx, existing.ref, was, is);
    writeIdentities(tx, id, was === null ? null : before, is === null ? null : contact);
    if ((was === null) !== (is === null) || before.name !== name || !sameColumns) tx.people.ids.add(id);
  }
  tx.changes.contacts.add(id);
  tx.changes.people = true;
}

function drop(tx: Tx, id: string, row: Row): void {
  const contact = JSON.parse(row.json) as Contact;
  tx.indexer.removeContact(row.ref, contact);
  writePerson(tx, row.ref, derive(contact), null);
  tx.db.run`DELETE FROM identities WHERE contact_id = ${id}`;
  tx.db.run`DELETE FROM contacts WHERE id = ${id}`;
  if (contact.mergedInto !== null) tx.people.ids.add(contact.mergedInto);
  tx.changes.contacts.add(id);
  tx.changes.people = true;
}

/** Who has an identity now: one that is shown. Null: not shown. */
function writeIdentities(tx: Tx, id: string, before: Contact | null, after: Contact | null): void {
  const { db } = tx;
  const same = JSON.stringify(before?.identities) === JSON.stringify(after?.identities);
  if (same && before !== null && after !== null) return;
  if (before !== null) db.run`DELETE FROM identities WHERE contact_id = ${id}`;
  for (const { channelKind, externalId } of after?.identities ?? []) {
    db.run`
      INSERT INTO identities (channel_kind, external_id, contact_id) VALUES (${channelKind}, ${externalId}, ${id})
      ON CONFLICT (channel_kind, external_id) DO UPDATE SET contact_id = excluded.contact_id`;
  }
}
