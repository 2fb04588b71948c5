/** What exists nowhere else, from one cache to another: when a workspace's storage is switched off, or on again. */
import { insertRow } from '../salvage.ts';
import type { PreciousRow } from '../salvage.ts';
import type { ReadableDb, WritableDb } from '../sql.ts';
import { TABLES } from '../tables.ts';

export type PreciousRows = Record<string, PreciousRow[]>;

export function readPrecious(db: ReadableDb): PreciousRows {
  const rows: PreciousRows = {};
  for (const [name, kind] of Object.entries(TABLES)) {
    // The names come from the registry, never from outside.
    if (kind === 'precious') rows[name] = db.raw.prepare<[], PreciousRow>(`SELECT * FROM ${name}`).all();
  }
  return rows;
}

/** Into a new cache, whose first sync brings all else. */
export function adoptPrecious(db: WritableDb, rows: PreciousRows): void {
  for (const [name, kind] of Object.entries(TABLES)) {
    if (kind !== 'precious') continue;
    for (const row of rows[name] ?? []) {
      // Taken by the gateway already: the new first sync brings it.
      if (name === 'outbox' && row['state'] === 'sent') continue;
      const mine =
        name === 'outbox'
          ? { ...row, state: row['state'] === 'sending' ? 'waiting' : row['state'], shown: 0 }
          : row;
      insertRow(db.raw, name, mine as PreciousRow);
    }
  }
}
