/**
 * The SQLite file of a gateway: one connection, synchronous, WAL with a full sync per commit, so that what was acknowledged
 * survives a crash. Whoever wants to know about commits (sockets, the delivery worker) is told after them, never inside.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { migrate } from './migrations/index.ts';

/** A bound value. Booleans are stored as 0 and 1 by the caller. */
export type SqlValue = string | number | bigint | Buffer | null;
export type Statement<Row> = Sqlite.Statement<SqlValue[], Row>;

export type Db = {
  /** Prepares a statement; prepare once, at construction, not per call. */
  prepare<Row = unknown>(sql: string): Statement<Row>;
  /** Runs `work` in a transaction; nested calls are savepoints of the outer one. */
  tx<T>(work: () => T): T;
  /** Says that this transaction appended to the log of `ws`. */
  touched(ws: number): void;
  /** Writes the whole file anew and empties the journal: what was deleted before is nowhere in them. Not inside a transaction. */
  rewrite(): void;
  /** Moves the journal into the file: what was overwritten there is in neither. */
  emptyJournal(): void;
  /** Bytes of the file. */
  size(): number;
  /** Calls back after each commit that appended to a log, with the workspaces. Returns a function that stops it. */
  onCommit(listener: (workspaces: ReadonlySet<number>) => void): () => void;
  close(): void;
};

/** How long an earlier process may take to go. */
const BUSY_MS = 3_000;

export class StoreInUse extends Error {
  constructor() {
    super('another gateway uses this data folder');
    this.name = 'StoreInUse';
  }
}

/** Opens (or makes) the file `gateway.db` in `dataDir`; `:memory:` opens a database without a file. */
export function openDatabase(dataDir: string): Db {
  const inMemory = dataDir === ':memory:';
  const file = inMemory ? ':memory:' : path.join(dataDir, 'gateway.db');
  if (!inMemory) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const handle = new Sqlite(file, { timeout: BUSY_MS });
  try {
    // One gateway per file: a second one would send every queued message once more. Goes with the process, however that ends.
    handle.pragma('locking_mode = EXCLUSIVE');
    handle.pragma('journal_mode = WAL');
    handle.pragma('synchronous = FULL');
    handle.pragma('trusted_schema = OFF');
    handle.pragma('cache_size = -65536');
    handle.pragma('temp_store = MEMORY');
    handle.pragma('journal_size_limit = 67108864');
    // What was deleted is overwritten, so that an erased person is not in the file's free space either.
    handle.pragma('secure_delete = ON');
    handle.pragma('foreign_keys = OFF');
    migrate(handle);
    handle.pragma('foreign_keys = ON');
    if (!inMemory) chmodSync(file, 0o600);
  } catch (error) {
    // An open handle would keep the lock and make every further try fail too.
    handle.close();
    throw error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
      ? new StoreInUse()
      : error;
  }
  return wrap(handle);
}

function wrap(handle: Sqlite.Database): Db {
  const listeners = new Set<(workspaces: ReadonlySet<number>) => void>();
  let touched = new Set<number>();
  const run = handle.transaction((work: () => unknown) => work());

  return {
    prepare<Row>(sql: string): Statement<Row> {
      return handle.prepare<SqlValue[], Row>(sql);
    },
    tx<T>(work: () => T): T {
      const outermost = !handle.inTransaction;
      if (!outermost) return run(work) as T;
      touched = new Set();
      const result = run.immediate(work) as T;
      if (touched.size > 0) {
        const changed = touched;
        touched = new Set();
        for (const listener of listeners) listener(changed);
      }
      return result;
    },
    touched(ws) {
      touched.add(ws);
    },
    rewrite() {
      handle.exec('VACUUM');
      handle.pragma('wal_checkpoint(TRUNCATE)');
    },
    emptyJournal() {
      handle.pragma('wal_checkpoint(TRUNCATE)');
    },
    size() {
      return (
        Number(handle.pragma('page_count', { simple: true })) *
        Number(handle.pragma('page_size', { simple: true }))
      );
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      if (!handle.open) return;
      handle.pragma('optimize');
      handle.close();
    },
  };
}
