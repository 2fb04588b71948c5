/** Conversations: the gateway's snapshot, what is shown of it, and every column, label row and counter that follows from that. */
import type { Conversation, LastMessage } from '../../../shared/domain/conversation.ts';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from './context.ts';
import { addToCounter, recount } from './counters.ts';
import type { OutboxRow } from './outbox-row.ts';
import { overlayConversation } from './overlay.ts';
import { windowEndOf } from './windows.ts';

/** Where the older messages of a conversation are: they come with the first sync, must be pulled, or are all here. */
export type History = 'first_sync' | 'incomplete' | 'complete';

export type ConversationRecord = {
  ref: number;
  id: string;
  contactId: string;
  channelId: string;
  failed: number;
  held: number;
  unsent: number;
  mentioned: number;
  foreignRev: number;
  windowEnd: number | null;
  history: History;
  historyNext: string | null;
  rev: number;
  epoch: number;
  json: string;
  base: string | null;
};

export function findConversation(db: ReadableDb, id: string): ConversationRecord | undefined {
  return db.get<ConversationRecord>`
    SELECT ref, id, contact_id AS contactId, channel_id AS channelId, failed, held, unsent, mentioned, window_end AS windowEnd, foreign_rev AS foreignRev, history, history_next AS historyNext,
      rev, epoch, json, base
    FROM conversations WHERE id = ${id}`;
}

export function baseOf(record: ConversationRecord): Conversation {
  return JSON.parse(record.base ?? record.json) as Conversation;
}

/**
 * Stores a snapshot of the gateway unless a newer one is here. `renew`: it comes with a page of the current first sync, so what an
 * earlier first sync left counts for nothing. Answers the record as it is then, and whether it was not here before.
 */
export function putConversation(
  tx: Tx,
  conversation: Conversation,
  options: { history: History; renew: boolean },
): { record: ConversationRecord; added: boolean } {
  const existing = findConversation(tx.db, conversation.id);
  if (existing === undefined)
    return { record: addConversation(tx, conversation, options.history), added: true };
  if (options.renew && existing.epoch < tx.epoch) {
    tx.db.run`
      UPDATE conversations SET history = ${options.history}, history_next = NULL WHERE ref = ${existing.ref}`;
    const renewed = { ...existing, history: options.history, historyNext: null };
    return { record: replaceBase(tx, renewed, conversation, tx.epoch), added: false };
  }
  if (conversation.rev <= existing.rev) return { record: existing, added: false };
  return { record: replaceBase(tx, existing, conversation), added: false };
}

/** The newest message changed by an event of its own, which the gateway reflects in the conversation under the same number. */
export function patchLastMessage(
  tx: Tx,
  conversationId: string,
  messageId: string,
  rev: number,
  patch: (last: LastMessage) => LastMessage,
): void {
  const record = findConversation(tx.db, conversationId);
  if (record === undefined || record.rev >= rev) return;
  const base = baseOf(record);
  if (base.lastMessage?.id !== messageId) return;
  replaceBase(tx, record, { ...base, lastMessage: patch(base.lastMessage), rev });
}

/** Shows the conversation again after its outbox has changed. */
export function refreshConversation(tx: Tx, id: string): void {
  const record = findConversation(tx.db, id);
  if (record !== undefined) replaceBase(tx, record, baseOf(record));
}

/** The newest message as the list shows it, after its time was over. */
export function renewPreview(tx: Tx, record: ConversationRecord): void {
  replaceBase(tx, record, baseOf(record));
}

/** Adds to the count of failed messages (delivery failures; held ones are counted from the outbox). */
export function addFailed(tx: Tx, ref: number, delta: number): void {
  if (delta !== 0) tx.db.run`UPDATE conversations SET failed = failed + ${delta} WHERE ref = ${ref}`;
}

/** One more or fewer notes mention the person who is signed in. */
export function addMention(tx: Tx, ref: number, delta: 1 | -1): void {
  changeMentions(tx, ref, (count) => Math.max(0, count + delta));
}

export function clearMentions(tx: Tx, ref: number): void {
  changeMentions(tx, ref, () => 0);
}

function changeMentions(tx: Tx, ref: number, change: (count: number) => number): void {
  const row = tx.db.get<{
    json: string;
    mentioned: number;
  }>`SELECT json, mentioned FROM conversations WHERE ref = ${ref}`;
  if (row === undefined) return;
  const mentioned = change(row.mentioned);
  if (mentioned === row.mentioned) return;
  tx.db.run`UPDATE conversations SET mentioned = ${mentioned} WHERE ref = ${ref}`;
  const shown = JSON.parse(row.json) as Conversation;
  recount(tx.db, { ...shown, mentioned: row.mentioned > 0 }, { ...shown, mentioned: mentioned > 0 });
  tx.changes.lists = true;
}

/** Somebody else has written here; `rev` is that of what was written. */
export function noteForeign(tx: Tx, ref: number, rev: number): void {
  tx.db.run`UPDATE conversations SET foreign_rev = ${rev} WHERE ref = ${ref} AND foreign_rev < ${rev}`;
}

/** Takes the row out of every list and count. Its messages must be gone already. */
export function dropConversation(tx: Tx, record: ConversationRecord): void {
  const shown = JSON.parse(record.json) as Conversation;
  writeLabels(tx, shown, null);
  recount(tx.db, { ...shown, mentioned: record.mentioned > 0 }, null);
  addToCounter(tx.db, 'conversations', -1, 0);
  tx.db.run`DELETE FROM conversations WHERE ref = ${record.ref}`;
  tx.people.ids.add(record.contactId);
  tx.changes.conversation(record.id);
  tx.changes.lists = true;
}

function addConversation(tx: Tx, given: Conversation, history: History): ConversationRecord {
  const { db } = tx;
  const base = tx.kept.conversation(given);
  const pending = tx.outbox.of(base.id);
  const shown = overlayConversation(base, pending);
  const json = JSON.stringify(shown);
  const baseJson = pending.length === 0 ? null : JSON.stringify(base);
  const name = db.get<{ name: string }>`SELECT name FROM contacts WHERE id = ${base.contactId}`?.name ?? '';
  const unsent = countUnsent(pending);
  const held = countHeld(pending);
  const windowEnd = windowEndOf(tx, shown);
  const pinned = Number(
    db.get`SELECT 1 FROM library WHERE kind = 'pin' AND deleted = 0 AND conversation_id = ${base.id}` !==
      undefined,
  );
  const { lastInsertRowid } = db.run`
    INSERT INTO conversations (id, contact_id, contact_name, channel_id, status, assignee_id, team_id, unread, waiting_since,
      window_end, pinned, active_at, held, unsent, history, rev, epoch, json, base)
    VALUES (${base.id}, ${base.contactId}, ${name}, ${shown.channelId}, ${shown.status}, ${shown.assigneeId},
      ${shown.teamId}, ${shown.unread}, ${shown.waitingSince}, ${windowEnd}, ${pinned}, ${shown.activeAt}, ${held}, ${unsent}, ${history}, ${base.rev}, ${tx.epoch}, ${json}, ${baseJson})`;
  writeLabels(tx, null, shown);
  recount(db, null, { ...shown, mentioned: false });
  addToCounter(db, 'conversations', 1, 0);
  tx.people.ids.add(base.contactId);
  tx.changes.conversation(base.id);
  tx.changes.lists = true;
  return {
    ref: Number(lastInsertRowid),
    id: base.id,
    contactId: base.contactId,
    channelId: base.channelId,
    failed: 0,
    held,
    unsent,
    mentioned: 0,
    foreignRev: 0,
    windowEnd,
    history,
    historyNext: null,
    rev: base.rev,
    epoch: tx.epoch,
    json,
    base: baseJson,
  };
}

function replaceBase(
  tx: Tx,
  record: ConversationRecord,
  given: Conversation,
  epoch: number = record.epoch,
): ConversationRecord {
  const { db } = tx;
  const base = tx.kept.conversation(given);
  const before = JSON.parse(record.json) as Conversation;
  const pending = tx.outbox.of(record.id);
  const shown = overlayConversation(base, pending);
  const json = JSON.stringify(shown);
  const baseJson = pending.length === 0 ? null : JSON.stringify(base);
  const unsent = countUnsent(pending);
  const held = countHeld(pending);
  const windowEnd = windowEndOf(tx, shown);
  const moved =
    base.contactId !== record.contactId ||
    shown.channelId !== before.channelId ||
    shown.status !== before.status ||
    shown.activeAt !== before.activeAt;
  const sorted =
    shown.assigneeId !== before.assigneeId ||
    shown.teamId !== before.teamId ||
    shown.unread !== before.unread ||
    shown.waitingSince !== before.waitingSince ||
    windowEnd !== record.windowEnd ||
    held !== record.held;
  // SQLite writes every index of a column that is named anew, also when the value is the same: only what has changed is named.
  if (moved) {
    db.run`
      UPDATE conversations SET contact_id = ${base.contactId}, channel_id = ${shown.channelId}, status = ${shown.status},
        active_at = ${shown.activeAt}, assignee_id = ${shown.assigneeId}, team_id = ${shown.teamId}, unread = ${shown.unread},
        waiting_since = ${shown.waitingSince}, window_end = ${windowEnd}, held = ${held}, unsent = ${unsent},
        rev = ${base.rev}, epoch = ${epoch}, json = ${json}, base = ${baseJson}
      WHERE ref = ${record.ref}`;
  } else if (sorted) {
    db.run`
      UPDATE conversations SET assignee_id = ${shown.assigneeId}, team_id = ${shown.teamId}, unread = ${shown.unread},
        waiting_since = ${shown.waitingSince}, window_end = ${windowEnd}, held = ${held}, unsent = ${unsent},
        rev = ${base.rev}, epoch = ${epoch}, json = ${json}, base = ${baseJson}
      WHERE ref = ${record.ref}`;
  } else {
    db.run`
      UPDATE conversations SET unsent = ${unsent}, rev = ${base.rev}, epoch = ${epoch}, json = ${json}, base = ${baseJson}
      WHERE ref = ${record.ref}`;
  }
  if (base.contactId !== record.contactId || shown.lastMessage?.at !== before.lastMessage?.at) {
    tx.people.ids.add(record.contactId);
    tx.people.ids.add(base.contactId);
  }
  if (base.contactId !== record.contactId) {
    db.run`
      UPDATE conversations SET contact_name = coalesce((SELECT name FROM contacts WHERE id = ${base.contactId}), '')
      WHERE ref = ${record.ref}`;
  }
  writeLabels(tx, before, shown);
  const mentioned = record.mentioned > 0;
  recount(db, { ...before, mentioned }, { ...shown, mentioned });
  tx.changes.conversation(record.id);
  tx.changes.lists = true;
  return {
    ...record,
    contactId: base.contactId,
    held,
    unsent,
    windowEnd,
    rev: base.rev,
    epoch,
    json,
    base: baseJson,
  };
}

function countHeld(pending: readonly OutboxRow[]): number {
  return pending.filter((row) => row.state === 'held').length;
}

function countUnsent(pending: readonly OutboxRow[]): number {
  return pending.filter(
    (row) =>
      (row.state === 'waiting' || row.state === 'sending') &&
      (row.type === 'message.send' || row.type === 'message.retry'),
  ).length;
}

function writeLabels(tx: Tx, before: Conversation | null, after: Conversation | null): void {
  writeLabelled(tx, before, after);
  const had = before?.status === 'open' ? before.labelIds : [];
  const has = after?.status === 'open' ? after.labelIds : [];
  const moved = before?.activeAt !== after?.activeAt;
  if (before !== null) {
    for (const label of had) {
      if (!moved && has.includes(label)) continue;
      tx.db.run`
        DELETE FROM conversation_labels
        WHERE label_id = ${label} AND active_at = ${before.activeAt} AND id = ${before.id}`;
    }
  }
  if (after === null) return;
  for (const label of has) {
    if (!moved && had.includes(label)) continue;
    tx.db.run`
      INSERT OR IGNORE INTO conversation_labels (label_id, active_at, id) VALUES (${label}, ${after.activeAt}, ${after.id})`;
  }
}

function writeLabelled(tx: Tx, before: Conversation | null, after: Conversation | null): void {
  const had = before?.labelIds ?? [];
  const has = after?.labelIds ?? [];
  const id = before?.id ?? after?.id ?? '';
  for (const label of had) {
    if (!has.includes(label)) tx.db.run`DELETE FROM labelled WHERE label_id = ${label} AND id = ${id}`;
  }
  for (const label of has) {
    if (!had.includes(label))
      tx.db.run`INSERT OR IGNORE INTO labelled (label_id, id) VALUES (${label}, ${id})`;
  }
}
