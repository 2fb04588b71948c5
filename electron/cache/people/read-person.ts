/** One person: the record that stands for it, with everything of those that were merged into it. */
import type { ContactDetail, ContactFile, ContactTimelineItem } from '../../../shared/contract/contacts.ts';
import type { Activity } from '../../../shared/domain/activity.ts';
import type { ConsentEntry } from '../../../shared/domain/consent.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { ContactMerge } from '../../../shared/domain/merge.ts';
import type { MediaRef } from '../../../shared/domain/message-content.ts';
import type { Message, Note } from '../../../shared/domain/message.ts';
import type { ReadableDb } from '../sql.ts';
import { unpackMessage } from '../store/stored-message.ts';
import { clusterOf, personOf } from './cluster.ts';
import { pendingOf } from './pending-read.ts';

type Json = { json: string };
type Place = { at: number; id: string };
type MessageRow = { id: string; at: number; rev: number; json: string };
type Owner = { ref: number; id: string; channelId: string };

const END: Place = { at: Number.MAX_SAFE_INTEGER, id: '' };

export function readContact(db: ReadableDb, input: { id: string }): ContactDetail | null {
  const id = personOf(db, input.id);
  const row = db.get<Json & { base: string | null }>`SELECT json, base FROM contacts WHERE id = ${id}`;
  if (row === undefined) return null;
  const ids = clusterOf(db, id);
  const conversations = ids
    .flatMap((one) => db.all<Json>`SELECT json FROM conversations WHERE contact_id = ${one}`)
    .map(({ json }) => JSON.parse(json) as Conversation)
    .toSorted((a, b) => b.activeAt - a.activeAt);
  const pending = pendingOf(db, ['consent.record', 'contact.merge', 'contact.unmerge']);
  const unsent = pending.some(
    ({ command }) => command.type === 'consent.record' && ids.includes(command.data.entry.contactId),
  );
  return {
    contact: JSON.parse(row.json) as Contact,
    conversations,
    consents: readConsents(db, { contactIds: ids }),
    merges: mergesOf(db, ids, pending),
    unsynced: row.base !== null || unsent,
  };
}

/** Newest first, by when it was said; what is still to be sent among them. */
export function readConsents(
  db: ReadableDb,
  { contactIds }: { contactIds: readonly string[] },
): ConsentEntry[] {
  const entries = new Map<string, ConsentEntry>();
  for (const id of contactIds) {
    for (const { json } of db.all<Json>`SELECT json FROM consents WHERE contact_id = ${id}`) {
      const entry = JSON.parse(json) as ConsentEntry;
      entries.set(entry.id, entry);
    }
  }
  for (const { command, me, createdAt } of pendingOf(db, ['consent.record'])) {
    if (command.type !== 'consent.record') continue;
    const { entry } = command.data;
    if (!contactIds.includes(entry.contactId) || entries.has(entry.id)) continue;
    entries.set(entry.id, { ...entry, recordedBy: me, recordedAt: createdAt, rev: 0 });
  }
  return [...entries.values()].toSorted((a, b) => b.at - a.at || b.recordedAt - a.recordedAt);
}

function mergesOf(
  db: ReadableDb,
  ids: readonly string[],
  pending: ReturnType<typeof pendingOf>,
): ContactMerge[] {
  const merges = new Map<string, ContactMerge>();
  for (const id of ids) {
    const rows = db.all<Json>`SELECT json FROM merges WHERE winner_id = ${id} AND undone_at IS NULL`;
    for (const { json } of rows) {
      const merge = JSON.parse(json) as ContactMerge;
      merges.set(merge.id, merge);
    }
  }
  for (const { command, me, createdAt } of pending) {
    if (command.type === 'contact.unmerge') merges.delete(command.data.mergeId);
    if (command.type !== 'contact.merge' || !ids.includes(command.data.winnerId)) continue;
    const { mergeId, winnerId, loserId, choices } = command.data;
    // Both as they are kept: the gateway answers with them as they were.
    const [winner, loser] = [winnerId, loserId].map((id) => baseOf(db, id));
    if (winner == null || loser == null || merges.has(mergeId)) continue;
    const conversationIds = db.all<{
      id: string;
    }>`SELECT id FROM conversations WHERE contact_id = ${loserId}`.map(({ id }) => id);
    const open = { mergedBy: me, mergedAt: createdAt, undoneAt: null, rev: 0 };
    merges.set(mergeId, { id: mergeId, winner, loser, conversationIds, choices, ...open });
  }
  return [...merges.values()].toSorted((a, b) => b.mergedAt - a.mergedAt);
}

function baseOf(db: ReadableDb, id: string): Contact | null {
  const row = db.get<Json>`SELECT coalesce(base, json) AS json FROM contacts WHERE id = ${id}`;
  return row === undefined ? null : (JSON.parse(row.json) as Contact | null);
}

function ownersOf(db: ReadableDb, contactId: string): Owner[] {
  return clusterOf(db, personOf(db, contactId)).flatMap(
    (id) => db.all<Owner>`
      SELECT ref, id, channel_id AS channelId FROM conversations WHERE contact_id = ${id}`,
  );
}

/** Newest first; of the same moment the higher id first. */
export function readContactTimeline(
  db: ReadableDb,
  { contactId, before, limit }: { contactId: string; before: Place | null; limit: number },
): { items: ContactTimelineItem[]; more: boolean } {
  const { at, id } = before ?? END;
  const found: (Place & { item: () => ContactTimelineItem })[] = [];
  for (const owner of ownersOf(db, contactId)) {
    const messages = db.all<MessageRow>`
      SELECT id, sent_at AS at, rev, json FROM messages
      WHERE conversation = ${owner.ref} AND sent_at <= ${at} AND (sent_at < ${at} OR id < ${id})
      ORDER BY sent_at DESC, id DESC LIMIT ${limit + 1}`;
    for (const row of messages)
      found.push({
        at: row.at,
        id: row.id,
        item: () => ({ type: 'message', message: messageOf(row, owner) }),
      });
    const notes = db.all<Place & Json>`
      SELECT id, created_at AS at, json FROM notes
      WHERE conversation = ${owner.ref} AND created_at <= ${at} AND (created_at < ${at} OR id < ${id})
      ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`;
    for (const { json, ...place } of notes)
      found.push({ ...place, item: () => ({ type: 'note', note: JSON.parse(json) as Note }) });
    const activities = db.all<Place & Json>`
      SELECT id, at, json FROM activities
      WHERE conversation = ${owner.ref} AND at <= ${at} AND (at < ${at} OR id < ${id})
      ORDER BY at DESC, id DESC LIMIT ${limit + 1}`;
    for (const { json, ...place } of activities)
      found.push({ ...place, item: () => ({ type: 'activity', activity: JSON.parse(json) as Activity }) });
  }
  const ledger = readConsents(db, { contactIds: clusterOf(db, personOf(db, contactId)) });
  for (const entry of ledger) {
    if (entry.at > at || (entry.at === at && entry.id >= id)) continue;
    found.push({ at: entry.at, id: entry.id, item: () => ({ type: 'consent', entry }) });
  }
  found.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  return { items: found.slice(0, limit).map(({ item }) => item()), more: found.length > limit };
}

function messageOf(row: MessageRow, owner: Owner): Message {
  return unpackMessage(row.json, {
    ...row,
    sentAt: row.at,
    conversationId: owner.id,
    channelId: owner.channelId,
  });
}

type FileRow = { media: string; id: string; at: number; rev: number; json: string };

/** Newest first. */
export function readContactFiles(db: ReadableDb, { contactId }: { contactId: string }): ContactFile[] {
  return ownersOf(db, contactId)
    .flatMap((owner) => {
      const rows = db.all<FileRow>`
        SELECT d.json AS media, m.id, m.sent_at AS at, m.rev, m.json
        FROM media d JOIN messages m ON m.seq = d.message WHERE d.conversation = ${owner.ref}`;
      return rows.flatMap((row): ContactFile[] => {
        const message = messageOf(row, owner);
        if (message.deletedAt !== null) return [];
        const place = { messageId: row.id, conversationId: owner.id, at: row.at };
        return [{ media: JSON.parse(row.media) as MediaRef, inbound: message.direction === 'in', ...place }];
      });
    })
    .toSorted((a, b) => b.at - a.at);
}
