/** Rows of the outbox as the rest of the cache reads them. */
import type { HoldReason, OutboxStatus } from '../../../shared/contract/rows.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import { SECOND } from '../../../shared/domain/time.ts';
import type { ReadableDb } from '../sql.ts';

export type OutboxRow = {
  n: number;
  id: string;
  /** The line in which it waits: a conversation's id, or `library:` with the id of the thing, or `people`. */
  lane: string;
  type: Command['type'];
  /** The message or note that the command is about. */
  subjectId: string | null;
  command: string;
  me: string;
  state: Exclude<OutboxStatus['state'], 'scheduled'>;
  attempts: number;
  nextAt: number | null;
  error: HoldReason | null;
  ackSeq: number | null;
  createdAt: number;
  /** Not before this. */
  sendAt: number | null;
  /** JSON of `Written`. */
  written: string | null;
  /** 1 once it has left this machine. */
  emitted: number;
};

/** What a person wrote: what counts as unsent everywhere. Mere changes (assigned, closed, read) do not. */
export const WRITTEN_TYPES: readonly string[] = ['message.send', 'message.retry', 'note.add'];

/** How things were when it was written: asked about again before it is sent. */
export type Written = { assigneeId: string | null };

/** A message that waits no longer than this can be taken back, and is otherwise as good as sent: it keeps its place in the line. */
export const UNDO_TIME = 30 * SECOND;

/** Everything about one conversation that the gateway does not have yet, in the order in which it was written. */
export function outboxOf(db: ReadableDb, lane: string): OutboxRow[] {
  return db.all<OutboxRow>`
    SELECT n, id, conversation_id AS lane, type, subject_id AS subjectId, command, me, state, attempts,
      next_at AS nextAt, error, ack_seq AS ackSeq, created_at AS createdAt,
      send_at AS sendAt, written, emitted
    FROM outbox WHERE conversation_id = ${lane} ORDER BY n`;
}

export function outboxRowAt(db: ReadableDb, n: number): OutboxRow | undefined {
  return db.get<OutboxRow>`
    SELECT n, id, conversation_id AS lane, type, subject_id AS subjectId, command, me, state, attempts,
      next_at AS nextAt, error, ack_seq AS ackSeq, created_at AS createdAt,
      send_at AS sendAt, written, emitted
    FROM outbox WHERE n = ${n}`;
}

/** `now` decides whether it still waits for its time. */
export function statusOf(row: OutboxRow, now: number): OutboxStatus {
  const { id, attempts, nextAt, error, sendAt } = row;
  const state = row.state === 'waiting' && sendAt !== null && sendAt > now ? 'scheduled' : row.state;
  return { id, state, sendAt, attempts, nextAttemptAt: nextAt, error };
}

/** Whether it was written to be sent at another time than now, and is still here. */
export function isForLater(row: Pick<OutboxRow, 'state' | 'sendAt' | 'createdAt'>): boolean {
  return row.state === 'waiting' && row.sendAt !== null && row.sendAt - row.createdAt > UNDO_TIME;
}

/** When it counts as written: what was meant for later, then, so that it stands below what came meanwhile. */
export function timeOf({ sendAt, createdAt }: Pick<OutboxRow, 'sendAt' | 'createdAt'>): number {
  return sendAt !== null && sendAt - createdAt > UNDO_TIME ? sendAt : createdAt;
}

/** The one line of everything about contacts: a bulk edit must not overtake the edit of one of them, nor a merge either. */
export const PEOPLE = 'people';

/** The line of a command: what must happen in order has the same. */
export function laneOf(command: Command): string {
  if ('conversationId' in command.data) return command.data.conversationId;
  return 'itemId' in command.data ? `library:${command.data.itemId}` : PEOPLE;
}

/** The conversation of a line, or null when it is not one's. */
export function conversationOfLane(lane: string): string | null {
  return lane === PEOPLE || lane.startsWith('library:') ? null : lane;
}

export function commandOf(row: Pick<OutboxRow, 'command'>): Command {
  return JSON.parse(row.command) as Command;
}

/** Lines that are no conversation's: what is in them is shown by whoever brings back the rest of the cache. */
export function lanesWithout(db: ReadableDb): string[] {
  return db.all<{ lane: string }>`SELECT DISTINCT conversation_id AS lane FROM outbox`
    .map(({ lane }) => lane)
    .filter((lane) => conversationOfLane(lane) === null);
}

/** The message or note that a command makes or changes. */
export function subjectOf(command: Command): string | null {
  if (command.type === 'note.add') return command.data.noteId;
  if ('itemId' in command.data) return command.data.itemId;
  if (command.type === 'contacts.change' && command.data.changes.length === 1)
    return command.data.changes[0]?.contactId ?? null;
  if ('contactId' in command.data) return command.data.contactId;
  return 'messageId' in command.data ? command.data.messageId : null;
}
