/**
 * Setting a damaged or too new file aside and carrying over what exists nowhere else. The old file is renamed, never deleted or
 * written to; the precious rows that can still be read go into a new file.
 */
import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import type Sqlite from 'better-sqlite3';
import { openRemains, openWriterConnection } from './connection.ts';
import type { ConnectionOptions } from './connection.ts';
import { failureOf } from './failure.ts';
import { migrate } from './migrations/list.ts';
import { WRITTEN_TYPES } from './store/outbox-row.ts';
import { TABLES } from './tables.ts';

/** What a rebuild saved, and where the old file lies now (name only). `outbox` counts as `unsentCount` does; changes are saved uncounted. */
export type RecoveryReport = { outbox: number; drafts: number; setAside: string };

export type PreciousRow = Record<string, string | number | null | Uint8Array>;
type Row = PreciousRow;
type Salvaged = Map<string, Row[]>;

/** The order in which a precious table is read from both ends. */
const ORDER: Record<string, readonly string[]> = {
  session: ['one'],
  outbox: ['n'],
  drafts: ['conversation_id'],
  staged_media: ['id'],
  policy_versions: ['id', 'version', 'rev'],
  erased: ['id'],
  imports: ['id'],
  import_rows: ['import_id', 'n'],
  import_mappings: ['headers'],
  audit: ['seq'],
  purges: ['id'],
  kept: ['one'],
  anonymous_log: ['n'],
  offline_pins: ['conversation_id'],
};

/** Sets the file aside and makes a new one. The caller holds the lock. */
export function rebuild(options: ConnectionOptions, now: Date): RecoveryReport {
  const setAside = moveAside(options.file, now);
  const salvaged = readPrecious({ ...options, file: path.join(path.dirname(options.file), setAside) });
  const db = openWriterConnection(options);
  try {
    migrate(db);
    return { ...writePrecious(db, salvaged), setAside };
  } finally {
    db.close();
  }
}

/** Renames the file with its journal. Answers the new name, without the folder. */
function moveAside(file: string, now: Date): string {
  const stamp = now.toISOString().replaceAll(/[-:]/gu, '').replace(/\..*$/u, 'Z');
  let target = `${file}.aside-${stamp}`;
  for (let count = 2; existsSync(target); count += 1) target = `${file}.aside-${stamp}-${count}`;
  try {
    for (const suffix of ['-wal', '-shm', '']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
    }
  } catch (error) {
    throw failureOf(error) ?? error;
  }
  return path.basename(target);
}

/** Whatever can be read, and nothing where nothing can: the old file may be anything. */
function readPrecious(options: ConnectionOptions): Salvaged {
  const salvaged: Salvaged = new Map();
  let db: Sqlite.Database;
  try {
    db = openRemains(options);
  } catch (error) {
    if (failureOf(error) === null) throw error;
    return salvaged;
  }
  try {
    for (const [name, kind] of Object.entries(TABLES)) {
      if (kind === 'precious') salvaged.set(name, readBothWays(db, name, ORDER[name] ?? ['rowid']));
    }
  } finally {
    db.close();
  }
  return salvaged;
}

/** From the first row until it hurts, then from the last one: a bad page costs only what lies on it. */
function readBothWays(db: Sqlite.Database, table: string, order: readonly string[]): Row[] {
  const rows = new Map<string, Row>();
  const keyOf = (row: Row): string => JSON.stringify(order.map((column) => row[column]));
  for (const direction of ['ASC', 'DESC']) {
    try {
      const by = order.map((column) => `${column} ${direction}`).join(', ');
      const all = db.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY ${by}`);
      for (const row of all.iterate()) {
        if (direction === 'DESC' && rows.has(keyOf(row))) break;
        rows.set(keyOf(row), row);
      }
      if (direction === 'ASC') break;
    } catch (error) {
      // A table that a newer version does not have any more, or a page that cannot be read: the rest still counts.
      if (!(error instanceof Error) || !('code' in error)) throw error;
    }
  }
  return [...rows.values()];
}

function writePrecious(db: Sqlite.Database, salvaged: Salvaged): { outbox: number; drafts: number } {
  const counts = { outbox: 0, drafts: 0 };
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const [table, rows] of salvaged) {
      for (const row of rows) {
        // Taken by the gateway already: the new first sync brings it.
        if (table === 'outbox' && row['state'] === 'sent') continue;
        if (table === 'outbox' && row['state'] === 'sending') row['state'] = 'waiting';
        if (!insertRow(db, table, row)) continue;
        if (table === 'drafts' || (table === 'outbox' && WRITTEN_TYPES.includes(String(row['type']))))
          counts[table] += 1;
      }
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw failureOf(error) ?? error;
  }
  return counts;
}

/** Columns that this version does not know are left out. A row that does not fit (half read, from the future) is not carried over. */
export function insertRow(db: Sqlite.Database, table: string, row: Row): boolean {
  const known = db.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)').all(table);
  const columns = known.map(({ name }) => name).filter((name) => Object.hasOwn(row, name));
  const places = columns.map(() => '?').join(', ');
  try {
    const insert = db.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
    return insert.run(...columns.map((name) => row[name] ?? null)).changes === 1;
  } catch (error) {
    const failed = failureOf(error);
    if (failed !== null) throw failed;
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
