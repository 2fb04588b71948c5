/** What of the outbox is laid over small things when they are read: fields, the ledger, requests, pairs, merges. */
import type { Command, CommandType } from '../../../shared/protocol/commands.ts';
import type { ReadableDb } from '../sql.ts';

export type Pending = { command: Command; me: string; createdAt: number };

/** In the order in which it was done. The text of other commands, which may be long, is not read. */
export function pendingOf(db: ReadableDb, types: readonly CommandType[]): Pending[] {
  const rows = db.all<{ command: string; me: string; createdAt: number }>`
    SELECT command, me, created_at AS createdAt FROM outbox
    WHERE type IN (SELECT value FROM json_each(${JSON.stringify(types)})) AND state <> 'held' ORDER BY n`;
  return rows.map((row) => ({ ...row, command: JSON.parse(row.command) as Command }));
}
