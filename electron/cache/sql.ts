/**
 * SQL that looks like SQL: a tagged template whose holes are always parameters, never text. Statements are prepared once for
 * each place in the source, so their number is bounded by the source and no text is built at run time.
 */
import type Sqlite from 'better-sqlite3';

export type Value = string | number | bigint | null | Uint8Array;
type Prepared = Sqlite.Statement<Value[]>;

/** Statements of built text that are kept. */
const BUILT = 100;

export type SlowStatement = (sql: string, ms: number) => void;

/** A connection that can only be asked. */
export class ReadableDb {
  readonly raw: Sqlite.Database;
  readonly #statements = new Map<TemplateStringsArray, Prepared>();
  readonly #built = new Map<string, Prepared>();
  readonly #slow: SlowStatement | null;
  readonly #slowMs: number;

  constructor(raw: Sqlite.Database, slow: SlowStatement | null = null, slowMs = 40) {
    this.raw = raw;
    this.#slow = slow;
    this.#slowMs = slowMs;
  }

  /** All rows. The caller names the row's shape, which the statement beside it must have. */
  all<T>(strings: TemplateStringsArray, ...values: Value[]): T[] {
    const started = performance.now();
    const rows = this.statement(strings).all(...values) as T[];
    this.#watch(strings, started);
    return rows;
  }

  /** The first row, if any. */
  get<T>(strings: TemplateStringsArray, ...values: Value[]): T | undefined {
    const started = performance.now();
    const row = this.statement(strings).get(...values) as T | undefined;
    this.#watch(strings, started);
    return row;
  }

  /** Rows one by one, for results that may be long. */
  iterate<T>(strings: TemplateStringsArray, ...values: Value[]): IterableIterator<T> {
    return this.statement(strings).iterate(...values) as IterableIterator<T>;
  }

  /**
   * A statement whose text is put together from names of our own (filters of contacts): its values are parameters all the same. Those used
   * last are kept.
   */
  prepared(sql: string): Prepared {
    let statement = this.#built.get(sql);
    if (statement === undefined) statement = this.raw.prepare<Value[]>(sql);
    else this.#built.delete(sql);
    this.#built.set(sql, statement);
    const oldest = this.#built.keys().next();
    if (this.#built.size > BUILT && oldest.done !== true) this.#built.delete(oldest.value);
    return statement;
  }

  /** Runs several reads on one state of the file. */
  snapshot<T>(read: () => T): T {
    this.raw.exec('BEGIN');
    try {
      return read();
    } finally {
      this.raw.exec('COMMIT');
    }
  }

  protected statement(strings: TemplateStringsArray): Prepared {
    let statement = this.#statements.get(strings);
    if (statement === undefined) {
      statement = this.raw.prepare<Value[]>(strings.join('?'));
      this.#statements.set(strings, statement);
    }
    return statement;
  }

  #watch(strings: TemplateStringsArray, started: number): void {
    if (this.#slow === null) return;
    const ms = performance.now() - started;
    if (ms >= this.#slowMs) this.#slow(strings.join('?').replace(/\s+/gu, ' ').trim(), ms);
  }
}

/** The writer's connection: everything a reader can, and changes inside transactions. */
export class WritableDb extends ReadableDb {
  /** Number of transactions that were rolled back: whoever caches state in memory reloads when it changes. */
  rollbacks = 0;

  run(strings: TemplateStringsArray, ...values: Value[]): Sqlite.RunResult {
    return this.statement(strings).run(...values);
  }

  /** One transaction, committed when `work` returns and rolled back when it throws. */
  transaction<T>(work: () => T): T {
    this.run`BEGIN IMMEDIATE`;
    try {
      const result = work();
      this.run`COMMIT`;
      return result;
    } catch (error) {
      this.rollbacks += 1;
      // SQLite has already rolled back by itself after some errors (full disk, I/O).
      if (this.raw.inTransaction) this.raw.exec('ROLLBACK');
      throw error;
    }
  }

  /** A part of a transaction that can fail alone: answers the error, with its changes taken back. */
  attempt(work: () => void): { error: unknown } | null {
    this.run`SAVEPOINT attempt`;
    try {
      work();
    } catch (error) {
      if (!this.raw.inTransaction) throw error;
      this.run`ROLLBACK TO attempt`;
      this.run`RELEASE attempt`;
      this.rollbacks += 1;
      return { error };
    }
    this.run`RELEASE attempt`;
    return null;
  }
}
