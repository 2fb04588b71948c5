/**
 * Taking a person out of everything that is kept here. What stays are ids and a time, so that nothing late brings them back. After the
 * transaction the writer empties the journal and gives free pages back (`forget` in worker/writes.ts).
 */
import type { Contact } from '../../../shared/domain/contact.ts';
import type { RightsRequest } from '../../../shared/domain/rights.ts';
import type { EventData } from '../../../shared/protocol/events.ts';
import type { z } from 'zod';
import type { Tx } from '../store/context.ts';
import { dropContact } from '../store/contacts.ts';
import { findConversation } from '../store/conversations.ts';
import { deleteDraftWithFiles } from '../store/drafts.ts';
import { deleteStaged } from '../store/staged.ts';
import { withdrawConversation } from '../store/withdraw.ts';
import { clusterOf } from './cluster.ts';
import { leaveUnlessTold } from './leave.ts';

type Erased = z.infer<(typeof EventData)['contact.erased']>;

/** What was removed, for the receipt. */
export type ErasureCounts = {
  contacts: number;
  conversations: number;
  messages: number;
  notes: number;
  files: number;
  consents: number;
  merges: number;
  outbox: number;
  drafts: number;
  quarantined: number;
  importRows: number;
};

/** By the gateway's event, or by this application before it: the same again finds nothing more. */
export function eraseContact(
  tx: Tx,
  erased: Pick<Erased, 'contactId' | 'conversationIds' | 'erasedAt' | 'told'>,
): ErasureCounts {
  const { db } = tx;
  // Somebody who is told to live on is no part of this person any more, whatever was heard of the two here.
  const alive = new Set(erased.told?.contactIds);
  const people = clusterOf(db, erased.contactId).filter((id) => !alive.has(id));
  const needles = needlesOf(tx, people);
  const conversations = new Set(erased.conversationIds);
  for (const id of people) {
    for (const row of db.all<{ id: string }>`SELECT id FROM conversations WHERE contact_id = ${id}`) {
      // What is not theirs any more went to somebody who lives on, out of sight: it may come back into it.
      if (alive.size > 0 && !conversations.has(row.id)) withdrawConversation(tx, row.id);
      else conversations.add(row.id);
    }
  }
  const counts: ErasureCounts = {
    contacts: people.filter((id) => db.get`SELECT 1 FROM contacts WHERE id = ${id}` !== undefined).length,
    conversations: 0,
    messages: 0,
    notes: 0,
    files: 0,
    consents: people.reduce((sum, id) => sum + countConsents(tx, id), 0),
    merges: 0,
    outbox: 0,
    drafts: 0,
    quarantined: 0,
    importRows: 0,
  };
  for (const id of conversations) eraseConversation(tx, id, counts, erased.told?.since);
  for (const id of alive) leaveUnlessTold(tx, id, erased.told?.since ?? 0);
  erasePending(tx, new Set(people), counts);
  for (const id of people) {
    db.run`DELETE FROM consents WHERE contact_id = ${id}`;
    counts.merges += db.run`DELETE FROM merges WHERE winner_id = ${id} OR loser_id = ${id}`.changes;
    db.run`DELETE FROM kept_apart WHERE first_id = ${id} OR second_id = ${id}`;
    emptyRequests(tx, id);
    dropContact(tx, id);
  }
  for (const needle of [...people, ...conversations, ...needles]) {
    const like = `%${JSON.stringify(needle)
      .slice(1, -1)
      .replaceAll(/[\\%_]/gu, '\\$&')}%`;
    counts.quarantined += db.run`DELETE FROM quarantine WHERE raw LIKE ${like} ESCAPE '\\'`.changes;
  }
  counts.importRows += eraseImportRows(tx, people, needles);
  for (const id of people) mark(tx, id, 'contact', erased.erasedAt);
  for (const id of conversations) mark(tx, id, 'conversation', erased.erasedAt);
  tx.people.changed = true;
  tx.changes.lists = true;
  tx.changes.outbox = true;
  tx.erasedNow = true;
  return counts;
}

function countConsents(tx: Tx, contactId: string): number {
  return tx.db.get<{ n: number }>`SELECT count(*) AS n FROM consents WHERE contact_id = ${contactId}`?.n ?? 0;
}

function mark(tx: Tx, id: string, kind: 'contact' | 'conversation', at: number): void {
  tx.db.run`INSERT OR IGNORE INTO erased (id, kind, at) VALUES (${id}, ${kind}, ${at})`;
  tx.erased.add(id);
  // What waited for the table's row of it has nobody any more.
  tx.people.ids.delete(id);
}

function eraseConversation(tx: Tx, id: string, counts: ErasureCounts, told: number | undefined): void {
  const { db } = tx;
  const record = findConversation(db, id);
  if (record !== undefined) {
    counts.conversations += 1;
    const of = db.get<{ messages: number; notes: number; files: number }>`
      SELECT (SELECT count(*) FROM messages WHERE conversation = ${record.ref}) AS messages,
        (SELECT count(*) FROM notes WHERE conversation = ${record.ref}) AS notes,
        (SELECT count(*) FROM media WHERE conversation = ${record.ref} AND file IS NOT NULL) AS files`;
    counts.messages += of?.messages ?? 0;
    counts.notes += of?.notes ?? 0;
    counts.files += of?.files ?? 0;
  }
  for (const row of tx.outbox.of(id)) {
    const command = row.type === 'message.send' ? (JSON.parse(row.command) as StagedSend) : null;
    db.run`DELETE FROM outbox WHERE n = ${row.n}`;
    counts.outbox += 1;
    const { media, headerMedia } = command?.data.content ?? {};
    for (const one of [media, headerMedia]) {
      if (one !== undefined && one !== null && deleteStaged(db, one.id)) counts.files += 1;
    }
  }
  const draft = db.get`SELECT 1 FROM drafts WHERE conversation_id = ${id}`;
  if (draft !== undefined) counts.drafts += 1;
  deleteDraftWithFiles(tx, id);
  withdrawConversation(tx, id, told);
  db.run`DELETE FROM library WHERE conversation_id = ${id}`;
}

type MediaOf = { id: string } | null | undefined;
type StagedSend = { data: { content: { media?: MediaOf; headerMedia?: MediaOf } } };

/** Commands about them go; of one about many only their part, so that what was done to the others still arrives. */
function erasePending(tx: Tx, people: ReadonlySet<string>, counts: ErasureCounts): void {
  const { db } = tx;
  const rows = new Map(
    [...people].flatMap((id) => tx.outbox.people.about(id).map((row) => [row.n, row] as const)),
  );
  for (const { n, command } of rows.values()) {
    counts.outbox += 1;
    if (command.type === 'contacts.change') {
      const changes = command.data.changes.filter(({ contactId }) => !people.has(contactId));
      rewrite(tx, n, changes.length === 0 ? null : { ...command, data: { ...command.data, changes } });
    } else if (command.type === 'contacts.delete') {
      const contactIds = command.data.contactIds.filter((id) => !people.has(id));
      rewrite(tx, n, contactIds.length === 0 ? null : { ...command, data: { ...command.data, contactIds } });
    } else rewrite(tx, n, null);
  }
  const others = db.all<{ n: number; command: string }>`
    SELECT n, command FROM outbox WHERE type IN ('rights.save', 'contacts.keep_apart')`;
  for (const { n, command } of others) {
    const { data } = JSON.parse(command) as {
      data: { firstId?: string; secondId?: string; request?: RightsRequest };
    };
    const named = [data.firstId, data.secondId].some((id) => id !== undefined && people.has(id));
    if (named) db.run`DELETE FROM outbox WHERE n = ${n}`;
    else if (data.request !== undefined && people.has(data.request.contactId)) {
      db.run`UPDATE outbox SET command = json_set(command, '$.data.request.details', NULL) WHERE n = ${n}`;
    }
  }
}

function rewrite(tx: Tx, n: number, command: Parameters<Tx['outbox']['people']['add']>[1] | null): void {
  if (command === null) {
    tx.db.run`DELETE FROM outbox WHERE n = ${n}`;
    tx.outbox.people.forget(n);
    return;
  }
  tx.db.run`UPDATE outbox SET command = ${JSON.stringify(command)} WHERE n = ${n}`;
  tx.outbox.people.add(n, command);
}

function emptyRequests(tx: Tx, contactId: string): void {
  tx.db.run`
    UPDATE rights SET json = json_set(json, '$.details', NULL) WHERE contact_id = ${contactId}`;
}

/** Their rows of files to import: the line stays counted, without what it said. */
function eraseImportRows(tx: Tx, people: readonly string[], needles: readonly string[]): number {
  const { db } = tx;
  if (db.get`SELECT 1 FROM import_rows LIMIT 1` === undefined) return 0;
  let count = 0;
  for (const id of people) {
    count += db.run`
      UPDATE import_rows SET raw = '', name = '', change = NULL, before = NULL, contact_id = NULL, reason = 'erased'
      WHERE contact_id = ${id}`.changes;
  }
  for (const needle of needles) {
    const like = `%${JSON.stringify(needle)
      .slice(1, -1)
      .replaceAll(/[\\%_]/gu, '\\$&')}%`;
    count += db.run`
      UPDATE import_rows SET raw = '', name = '', change = NULL, before = NULL, contact_id = NULL, reason = 'erased'
      WHERE raw LIKE ${like} ESCAPE '\\' OR change LIKE ${like} ESCAPE '\\'`.changes;
  }
  return count;
}

/** What only this person has: numbers, addresses and ids of channels. A name alone may be another's too. */
function needlesOf(tx: Tx, people: readonly string[]): string[] {
  const needles = new Set<string>();
  for (const id of people) {
    const row = tx.db.get<{
      json: string;
      base: string | null;
    }>`SELECT json, base FROM contacts WHERE id = ${id}`;
    for (const text of [row?.json, row?.base]) {
      const contact = text == null ? null : (JSON.parse(text) as Contact | null);
      if (contact === null) continue;
      for (const phone of [contact.phone, ...contact.phones]) if (phone !== null) needles.add(phone);
      for (const email of [contact.email, ...contact.emails]) if (email !== null) needles.add(email);
      for (const one of contact.identities) {
        for (const text of [one.externalId, one.phone]) if (text !== null) needles.add(text);
      }
    }
  }
  return [...needles].filter((needle) => needle.length > 4);
}
