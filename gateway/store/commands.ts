/** The ids of commands that were applied, with the answer that each got: every repetition gets the same. */
import type { CommandAck } from '../../shared/protocol/commands.ts';
import type { Db } from './database.ts';

export type CommandRow = { userId: string; payloadHash: string; ack: CommandAck };

export function createCommands(db: Db) {
  const get = db.prepare<{ user_id: string; payload_hash: string; ack: string }>(
    'SELECT user_id, payload_hash, ack FROM commands WHERE id = ?',
  );
  const put = db.prepare('INSERT INTO commands (id, user_id, payload_hash, ack, at) VALUES (?, ?, ?, ?, ?)');

  return {
    get(id: string): CommandRow | null {
      const row = get.get(id);
      if (row === undefined) return null;
      return { userId: row.user_id, payloadHash: row.payload_hash, ack: JSON.parse(row.ack) as CommandAck };
    },
    put(id: string, row: CommandRow, at: number): void {
      put.run(id, row.userId, row.payloadHash, JSON.stringify(row.ack), at);
    },
  };
}
