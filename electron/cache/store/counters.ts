/**
 * Counts that the page shows all the time, kept by the transactions that change them: counting 20,000 rows for each key press in a
 * list would be felt. `listed` conversations count once in each view that they are in.
 */
import type { ReadableDb, WritableDb } from '../sql.ts';

export type Count = { total: number; unread: number };

/** What decides in which views a conversation is counted. */
export type Listed = {
  status: string;
  assigneeId: string | null;
  teamId: string | null;
  channelId: string;
  labelIds: readonly string[];
  unread: number;
  /** A note mentions the person who is signed in. */
  mentioned: boolean;
};

/** Names of the counters that a conversation is part of. */
export function countersOf(row: Listed): string[] {
  const mentions = row.mentioned && row.status !== 'closed' ? ['mentions'] : [];
  if (row.status !== 'open') return [row.status, ...mentions];
  return [
    'all',
    ...mentions,
    row.assigneeId === null ? queueOf(row.teamId) : `assignee:${row.assigneeId}`,
    `channel:${row.channelId}`,
    ...new Set(row.labelIds.map((id) => `label:${id}`)),
  ];
}

/** The counter of what nobody has taken: the queue of everybody, or of one team. */
export function queueOf(teamId: string | null): string {
  return teamId === null ? 'unassigned' : `unassigned:${teamId}`;
}

export function addToCounter(db: WritableDb, name: string, total: number, unread: number): void {
  if (total === 0 && unread === 0) return;
  db.run`
    INSERT INTO counters (name, total, unread) VALUES (${name}, ${total}, ${unread})
    ON CONFLICT (name) DO UPDATE SET total = total + excluded.total, unread = unread + excluded.unread`;
}

/** Moves a conversation from the counters that it was in to those that it is in now. */
export function recount(db: WritableDb, before: Listed | null, after: Listed | null): void {
  const deltas = new Map<string, Count>();
  const add = (row: Listed | null, sign: 1 | -1): void => {
    if (row === null) return;
    for (const name of countersOf(row)) {
      const delta = deltas.get(name) ?? { total: 0, unread: 0 };
      delta.total += sign;
      if (row.unread > 0) delta.unread += sign;
      deltas.set(name, delta);
    }
  };
  add(before, -1);
  add(after, 1);
  for (const [name, delta] of deltas) addToCounter(db, name, delta.total, delta.unread);
}

export function readCounters(db: ReadableDb): Map<string, Count> {
  const rows = db.all<{ name: string } & Count>`SELECT name, total, unread FROM counters`;
  return new Map(rows.map(({ name, total, unread }) => [name, { total, unread }]));
}

/** One number, 0 where nothing was counted yet. */
export function readTotal(db: ReadableDb, name: string): number {
  return db.get<{ total: number }>`SELECT total FROM counters WHERE name = ${name}`?.total ?? 0;
}
