/** Taking commands back that the gateway cannot have: their effect goes with them. */
import type { Tx } from '../store/context.ts';
import { deleteMessage, findMessage } from '../store/messages.ts';
import { deleteNote, findNote } from '../store/notes.ts';
import type { OutboxRow } from '../store/outbox-row.ts';
import { refreshMessage, refreshRows } from '../store/restore.ts';
import { dropStarted } from '../store/withdraw.ts';

/** Answers the ids of those that were still here and had never left. */
export function withdrawCommands(tx: Tx, ids: readonly string[]): string[] {
  const withdrawn: string[] = [];
  const rows: OutboxRow[] = [];
  for (const id of ids) {
    const row = tx.outbox.find(id);
    if (row === undefined || row.emitted === 1 || (row.state !== 'waiting' && row.state !== 'held')) continue;
    tx.db.run`DELETE FROM outbox WHERE n = ${row.n}`;
    withdrawn.push(id);
    rows.push(row);
    removeSubject(tx, row.subjectId, row.type);
  }
  refreshRows(tx, rows);
  for (const row of rows) if (row.type === 'conversation.start') dropStarted(tx, row.lane);
  return withdrawn;
}

/** What only existed because of a command: a message or note that the gateway does not have. */
export function removeSubject(tx: Tx, subjectId: string | null, type: string): void {
  if (subjectId === null) return;
  if (type === 'message.send') {
    const message = findMessage(tx.db, subjectId);
    if (message !== undefined && message.rev === 0) deleteMessage(tx, message);
  } else if (type === 'note.add') {
    const note = findNote(tx.db, subjectId);
    if (note !== undefined && note.rev === 0) deleteNote(tx, note);
  } else if (type === 'message.react' || type === 'message.retry') refreshMessage(tx, subjectId);
}
