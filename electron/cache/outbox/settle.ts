/** What becomes of commands: under way, taken, refused, waiting again. */
import type { Settlement } from '../api.ts';
import { removeSettled } from '../inbound/settled.ts';
import type { Tx } from '../store/context.ts';
import { PEOPLE, conversationOfLane } from '../store/outbox-row.ts';
import type { OutboxRow } from '../store/outbox-row.ts';
import { refreshMessage, refreshRows } from '../store/restore.ts';
import { dropStarted } from '../store/withdraw.ts';
import { readSyncState } from '../store/sync-state.ts';

/** Answers those that were still waiting. */
export function markSending(tx: Tx, ids: readonly string[]): string[] {
  return ids.filter((id) => {
    const row = tx.outbox.find(id);
    if (row?.state !== 'waiting') return false;
    tx.db.run`UPDATE outbox SET state = 'sending', emitted = 1, next_at = NULL WHERE n = ${row.n}`;
    return true;
  });
}

export function settle(tx: Tx, settlements: readonly Settlement[]): void {
  for (const settlement of settlements) {
    const row = tx.outbox.find(settlement.id);
    if (row === undefined) continue;
    settleOne(tx, row, settlement);
    show(tx, row, settlement.outcome);
  }
  removeSettled(tx, readSyncState(tx.db).cursor);
}

/** Everything under way waits again: the process died, or the socket closed, before an answer came. */
export function resetSending(tx: Tx): void {
  const rows = tx.db.all<{ lane: string }>`
    SELECT DISTINCT conversation_id AS lane FROM outbox WHERE state = 'sending'`;
  if (rows.length === 0) return;
  tx.db.run`UPDATE outbox SET state = 'waiting', next_at = NULL WHERE state = 'sending'`;
  for (const { lane } of rows) {
    const id = conversationOfLane(lane);
    if (id !== null) tx.changes.conversation(id);
  }
  tx.changes.outbox = true;
}

function settleOne(tx: Tx, row: OutboxRow, settlement: Settlement): void {
  const { db } = tx;
  switch (settlement.outcome) {
    case 'acked':
      db.run`
        UPDATE outbox SET state = 'sent', ack_seq = ${settlement.seq}, next_at = NULL, error = NULL WHERE n = ${row.n}`;
      return;
    case 'refused':
      // What a person wrote is kept for their choice; a mere change that was refused would lie, so it is taken back.
      if (row.type === 'message.send' || row.type === 'note.add') {
        db.run`
          UPDATE outbox SET state = 'held', error = ${settlement.error.kind}, next_at = NULL, attempts = attempts + 1
          WHERE n = ${row.n}`;
      } else {
        db.run`DELETE FROM outbox WHERE n = ${row.n}`;
      }
      return;
    case 'again':
      // Held meanwhile (its conversation was withdrawn): that stays.
      if (row.state === 'held') return;
      db.run`
        UPDATE outbox SET state = 'waiting', next_at = ${settlement.retryAt}, attempts = attempts + 1,
          error = ${settlement.error?.kind ?? null}
        WHERE n = ${row.n}`;
  }
}

function show(tx: Tx, row: OutboxRow, outcome: Settlement['outcome']): void {
  if (row.type === 'message.retry' || row.type === 'message.react') refreshMessage(tx, row.subjectId);
  // What goes out or waits again is shown as before; only what was refused is taken back.
  if (row.lane === PEOPLE && outcome !== 'refused') {
    tx.changes.outbox = true;
    return;
  }
  refreshRows(tx, [row]);
  if (row.type === 'conversation.start' && outcome === 'refused') dropStarted(tx, row.lane);
}
