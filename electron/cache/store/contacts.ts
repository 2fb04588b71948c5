/** Contacts with their identities, and the copy of the name that each conversation carries for the list. */
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ReadableDb, WritableDb } from '../sql.ts';
import type { Tx } from './context.ts';
import { commandOf } from './outbox-row.ts';
import type { OutboxRow } from './outbox-row.ts';

/** `base`: the gateway's state where commands are pending on it; JSON `null` when the gateway does not have it yet. */
type Row = { ref: number; rev: number; epoch: number; json: string; base: string | null };

/** Stores a contact unless a newer state is here. One of an earlier first sync is always older, whatever its number. */
export function putContact(tx: Tx, contact: Contact): boolean {
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
  const existing = find(tx.db, id);
  const base = existing === undefined ? null : (JSON.parse(existing.base ?? existing.json) as Contact | null);
  show(tx, id, existing, base, existing?.epoch ?? tx.epoch);
}

/** Removes a contact with whom no conversation is left. */
export function dropContactWithoutConversation(tx: Tx, contactId: string): void {
  const { db } = tx;
  if (db.get`SELECT 1 FROM conversations WHERE contact_id = ${contactId} LIMIT 1` !== undefined) return;
  const row = find(db, contactId);
  if (row !== undefined) drop(tx, contactId, row);
}

function find(db: ReadableDb, id: string): Row | undefined {
  return db.get<Row>`SELECT ref, rev, epoch, json, base FROM contacts WHERE id = ${id}`;
}

/** Writes what is to be seen of a contact: the gateway's state with everything pending on it. */
function show(tx: Tx, id: string, existing: Row | undefined, base: Contact | null, epoch: number): void {
  const { db } = tx;
  const contact = overlay(id, base, tx.outbox.of(`contact:${id}`));
  if (contact === null) {
    if (existing !== undefined) drop(tx, id, existing);
    return;
  }
  const json = JSON.stringify(contact);
  const baseJson = contact === base ? null : JSON.stringify(base);
  const rev = base?.rev ?? 0;
  if (existing === undefined) {
    const { lastInsertRowid } = db.run`
      INSERT INTO contacts (id, name, rev, epoch, json, base)
      VALUES (${id}, ${contact.name}, ${rev}, ${epoch}, ${json}, ${baseJson})`;
    tx.indexer.addContact(Number(lastInsertRowid), contact);
  } else {
    db.run`
      UPDATE contacts SET name = ${contact.name}, rev = ${rev}, epoch = ${epoch}, json = ${json}, base = ${baseJson}
      WHERE ref = ${existing.ref}`;
    if (existing.json !== json)
      tx.indexer.replaceContact(existing.ref, JSON.parse(existing.json) as Contact, contact);
    db.run`DELETE FROM identities WHERE contact_id = ${id}`;
  }
  for (const identity of contact.identities) {
    db.run`
      INSERT INTO identities (channel_kind, external_id, contact_id)
      VALUES (${identity.channelKind}, ${identity.externalId}, ${id})
      ON CONFLICT (channel_kind, external_id) DO UPDATE SET contact_id = excluded.contact_id`;
  }
  rename(tx, contact);
  tx.changes.contacts.add(id);
}

/** The contact as it is shown; null when there is none. */
function overlay(id: string, base: Contact | null, pending: readonly OutboxRow[]): Contact | null {
  let shown = base;
  for (const row of pending) {
    const command = commandOf(row);
    if (command.type !== 'contact.save' || row.state === 'held') continue;
    const { name, phone, email } = command.data;
    shown = { ...(shown ?? emptyContact(id, row.createdAt)), name, phone, email };
  }
  return shown;
}

/** A contact that was made on this machine, before the gateway has it; also stands in while its event is still to come. */
export function emptyContact(id: string, createdAt: number): Contact {
  return {
    id,
    name: '',
    phone: null,
    email: null,
    language: null,
    fields: {},
    labelIds: [],
    consent: { state: 'unknown', at: null, source: null },
    blocked: false,
    identities: [],
    createdAt,
    rev: 0,
  };
}

function drop(tx: Tx, id: string, row: Row): void {
  tx.indexer.removeContact(row.ref, JSON.parse(row.json) as Contact);
  deleteContact(tx.db, id);
  tx.changes.contacts.add(id);
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
