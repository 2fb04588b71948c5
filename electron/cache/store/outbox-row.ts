/** Rows of the outbox as the rest of the cache reads them. */
import type { OutboxStatus } from '../../../shared/contract/rows.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import type { GatewayErrorKind } from '../../../shared/protocol/errors.ts';
import type { ReadableDb } from '../sql.ts';

export type OutboxRow = {
  n: number;
  id: string;
  conversationId: string;
  type: Command['type'];
  /** The message or note that the command is about. */
  subjectId: string | null;
  command: string;
  me: string;
  state: OutboxStatus['state'];
  attempts: number;
  nextAt: number | null;
  error: GatewayErrorKind | null;
  ackSeq: number | null;
  createdAt: number;
};

/** Everything about one conversation that the gateway does not have yet, in the order in which it was written. */
export function outboxOf(db: ReadableDb, conversationId: string): OutboxRow[] {
  return db.all<OutboxRow>`
    SELECT n, id, conversation_id AS conversationId, type, subject_id AS subjectId, command, me, state, attempts,
      next_at AS nextAt, error, ack_seq AS ackSeq, created_at AS createdAt
    FROM outbox WHERE conversation_id = ${conversationId} ORDER BY n`;
}

export function outboxRowAt(db: ReadableDb, n: number): OutboxRow | undefined {
  return db.get<OutboxRow>`
    SELECT n, id, conversation_id AS conversationId, type, subject_id AS subjectId, command, me, state, attempts,
      next_at AS nextAt, error, ack_seq AS ackSeq, created_at AS createdAt
    FROM outbox WHERE n = ${n}`;
}

export function statusOf(row: OutboxRow): OutboxStatus {
  const { id, state, attempts, nextAt, error } = row;
  return { id, state, attempts, nextAttemptAt: nextAt, error };
}

export function commandOf(row: Pick<OutboxRow, 'command'>): Command {
  return JSON.parse(row.command) as Command;
}

/** The message or note that a command makes or changes. */
export function subjectOf(command: Command): string | null {
  if (command.type === 'note.add') return command.data.noteId;
  return 'messageId' in command.data ? command.data.messageId : null;
}
