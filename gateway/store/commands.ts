/** The ids of commands that were applied, with the answer that each got (every repetition gets the same) and what it changed. */
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { CommandAck } from '../../shared/protocol/commands.ts';
import type { Db } from './database.ts';

export type CommandRow = { userId: string; payloadHash: string; ack: CommandAck };

/** What a user may change of a conversation, and take back. */
const FIELDS = [
  'assigneeId',
  'teamId',
  'status',
  'snoozedUntil',
  'closeReason',
  'labelIds',
  'unread',
] as const satisfies readonly (keyof Conversation)[];
export type Restorable = Pick<Conversation, (typeof FIELDS)[number]>;

/** The fields that are different, as they were and as they became. */
export type Undoable = { conversationId: string; before: Partial<Restorable>; after: Partial<Restorable> };
/** `seq`: the number of the command's last event. */
export type KeptUndo = Undoable & { userId: string; at: number; seq: number };

/** What of the conversation a command has changed; null: nothing that can be taken back. */
export function undoableOf(before: Conversation | null, after: Conversation | null): Undoable | null {
  if (before === null || after === null || before.rev === after.rev) return null;
  const changed = FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  if (changed.length === 0) return null;
  const pick = (from: Conversation): Partial<Restorable> =>
    Object.fromEntries(changed.map((field) => [field, from[field]]));
  return { conversationId: before.id, before: pick(before), after: pick(after) };
}

export function createCommands(db: Db) {
  const get = db.prepare<{ user_id: string; payload_hash: string; ack: string }>(
    'SELECT user_id, payload_hash, ack FROM commands WHERE id = ?',
  );
  const put = db.prepare(
    'INSERT INTO commands (id, user_id, payload_hash, ack, at, undo) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const undo = db.prepare<{ user_id: string; ack: string; at: number; undo: string }>(
    'SELECT user_id, ack, at, undo FROM commands WHERE id = ? AND undo IS NOT NULL',
  );
  const spend = db.prepare('UPDATE commands SET undo = NULL WHERE id = ?');

  return {
    get(id: string): CommandRow | null {
      const row = get.get(id);
      if (row === undefined) return null;
      return { userId: row.user_id, payloadHash: row.payload_hash, ack: JSON.parse(row.ack) as CommandAck };
    },
    put(id: string, row: CommandRow, at: number, undoable: Undoable | null = null): void {
      const kept = undoable === null ? null : JSON.stringify(undoable);
      put.run(id, row.userId, row.payloadHash, JSON.stringify(row.ack), at, kept);
    },
    /** What the command changed, while that was not taken back. */
    undoable(id: string): KeptUndo | null {
      const row = undo.get(id);
      if (row === undefined) return null;
      const ack = JSON.parse(row.ack) as CommandAck;
      if (!ack.ok) return null;
      return { ...(JSON.parse(row.undo) as Undoable), userId: row.user_id, at: row.at, seq: ack.seq };
    },
    /** It has been taken back: not a second time. */
    spendUndo(id: string): void {
      spend.run(id);
    },
  };
}
