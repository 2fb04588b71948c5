/** Which commands may be sent now: the first of each conversation, so that one stuck conversation never holds back another. */
import type { OutboxDue } from '../api.ts';
import type { ReadableDb } from '../sql.ts';
import { commandOf } from '../store/outbox-row.ts';

type Head = { command: string; attempts: number; nextAt: number | null; state: string };

/** Held commands have stepped out of the line; acked ones (`sent`) hold nothing back. */
export function readOutboxDue(db: ReadableDb, { now, limit }: { now: number; limit: number }): OutboxDue {
  const heads = db.all<Head>`
    SELECT o.command, o.attempts, o.next_at AS nextAt, o.state
    FROM (SELECT min(n) AS n FROM outbox WHERE state IN ('waiting', 'sending') GROUP BY conversation_id) head
    JOIN outbox o ON o.n = head.n
    WHERE o.state = 'waiting' ORDER BY o.n`;
  const due = heads.filter((head) => (head.nextAt ?? 0) <= now).slice(0, limit);
  const later = heads.map((head) => head.nextAt ?? 0).filter((at) => at > now);
  return {
    due: due.map((head) => ({ command: commandOf(head), attempts: head.attempts })),
    nextAt: later.length === 0 ? null : Math.min(...later),
    unsent: readUnsent(db),
  };
}

/** Messages and notes that the gateway does not have: what would be lost with this file. */
export function readUnsent(db: ReadableDb): number {
  const row = db.get<{ n: number }>`
    SELECT count(*) AS n FROM outbox
    WHERE state <> 'sent' AND type IN ('message.send', 'message.retry', 'note.add')`;
  return row?.n ?? 0;
}
