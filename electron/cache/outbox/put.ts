/**
 * A command is kept first, in a transaction of one row and one page, because that is what the user waits for. Everything that it shows
 * (the message in the thread, the conversation's place in the list, counts) follows from the row, so it is written by the next
 * transaction, whichever that is, and before anybody reads. After a crash between the two it is written at the next opening.
 */
import type { Command } from '../../../shared/protocol/commands.ts';
import { CacheRefusal } from '../api.ts';
import type { WritableDb } from '../sql.ts';
import type { Tx } from '../store/context.ts';
import { findConversation } from '../store/conversations.ts';
import { findMessage, shownMessage } from '../store/messages.ts';
import { PEOPLE, conversationOfLane, laneOf, subjectOf } from '../store/outbox-row.ts';
import type { OutboxRow, Written } from '../store/outbox-row.ts';
import { refreshRows, showPending, showStarted } from '../store/restore.ts';

/** `sendAt`: not before this. */
export type Kept = { command: Command; me: string; now: number; sendAt?: number | null | undefined };

/** Most commands whose effect one transaction shows: more would keep others waiting. */
const SHOWN_AT_ONCE = 250;

/** Stores the command. The same id again changes nothing. The caller holds a transaction. */
export function keep(tx: Pick<Tx, 'db' | 'outbox' | 'erased'>, kept: Kept): void {
  const { db, outbox } = tx;
  const { command, me, now, sendAt = null } = kept;
  const lane = laneOf(command);
  let written: Written | null = null;
  if (command.type === 'conversation.start') requireContact(db, tx.erased, command.data.contactId);
  else if (conversationOfLane(lane) !== null) {
    const here = db.get<{ assigneeId: string | null }>`
      SELECT assignee_id AS assigneeId FROM conversations WHERE id = ${lane}`;
    // A hand-over took it away: taking that back brings it here again.
    if (here === undefined && command.type !== 'conversation.undo' && !isBegun(outbox, lane))
      throw new CacheRefusal('not_found', 'the conversation is not in the cache');
    if (command.type === 'message.send') written = { assigneeId: here === undefined ? me : here.assigneeId };
  }
  if (outbox.find(command.id) !== undefined) return;
  if (command.type === 'message.retry') checkFailed(db, command.data.messageId);
  const { lastInsertRowid } = db.run`
    INSERT INTO outbox (id, conversation_id, type, subject_id, command, me, state, created_at, send_at, written)
    VALUES (${command.id}, ${lane}, ${command.type}, ${subjectOf(command)}, ${JSON.stringify(command)}, ${me}, 'waiting',
      ${now}, ${sendAt}, ${written === null ? null : JSON.stringify(written)})`;
  outbox.add({ n: Number(lastInsertRowid), id: command.id, lane }, false, command);
}

/** Shows the effect of what was kept since the last time, the oldest first and not endlessly many. Answers whether more waits. */
export function showKept(tx: Tx): boolean {
  if (!tx.outbox.hasUnshown) return false;
  const rows: OutboxRow[] = [];
  for (const row of tx.outbox.takeUnshown(SHOWN_AT_ONCE)) {
    if (conversationOfLane(row.lane) !== null) {
      const owner = findConversation(tx.db, row.lane) ?? showStarted(tx, row);
      if (owner !== undefined) showPending(tx, owner, row);
    }
    tx.db.run`UPDATE outbox SET shown = 1 WHERE n = ${row.n}`;
    rows.push(row);
  }
  refreshRows(tx, rows);
  tx.changes.lists = true;
  tx.changes.outbox = true;
  return tx.outbox.hasUnshown;
}

/** It is kept already that the conversation begins here, and not shown yet. */
function isBegun(outbox: Tx['outbox'], lane: string): boolean {
  return outbox.of(lane).some(({ type }) => type === 'conversation.start');
}

/** A conversation is begun with somebody who is shown here. */
function requireContact(db: WritableDb, erased: Tx['erased'], contactId: string): void {
  const here = db.get`SELECT 1 FROM contacts WHERE id = ${contactId} UNION SELECT 1 FROM outbox WHERE conversation_id = ${PEOPLE}`;
  if (here === undefined || erased.has(contactId)) {
    throw new CacheRefusal('not_found', 'the contact is not in the cache');
  }
}

function checkFailed(db: WritableDb, messageId: string): void {
  const record = findMessage(db, messageId);
  if (record === undefined) throw new CacheRefusal('not_found', 'the message is not in the cache');
  if (shownMessage(record).delivery?.status !== 'failed') {
    throw new CacheRefusal('conflict', 'the message has not failed');
  }
}
