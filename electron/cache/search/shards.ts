/**
 * The index is cut into shards of consecutive row numbers, each a table of its own. A search walks them newest first and stops when it has
 * enough: a prefix has to merge the lists of all its words before the first hit, so that one index of a million rows would take 50 to 150 ms
 * for the beginning of a common word, and a shard takes a sixteenth of that.
 */
import type Sqlite from 'better-sqlite3';
import type { ReadableDb, WritableDb } from '../sql.ts';

/** Rows of a shard; the middle of the sequence is a multiple. */
export const SHARD_ROWS = 65_536;
/** Tables of shards, with those that SQLite keeps for each. */
export const SHARD_TABLE = /^search_(\d+)(_[a-z]+)?$/u;

/** Numbers of the shards that exist, newest first. */
export function listShards(db: ReadableDb): number[] {
  const tables = db.all<{ name: string }>`
    SELECT name FROM sqlite_schema WHERE type = 'table' AND name >= 'search_0' AND name < 'search_a'`;
  const numbers: number[] = [];
  for (const { name } of tables) {
    const match = SHARD_TABLE.exec(name);
    if (match !== null && match[2] === undefined) numbers.push(Number(match[1]));
  }
  return numbers.sort((a, b) => b - a);
}

/** Pages of one step of a merge. */
const MERGED_PAGES = 64;

export type SequenceRange = { from: number; to: number };

export const EVERYTHING: SequenceRange = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** Asks one shard after the other. */
export class ShardReader {
  readonly #db: ReadableDb;
  readonly #statements = new Map<number, Sqlite.Statement<[string, number, number], { seq: number }>>();

  constructor(db: ReadableDb) {
    this.#db = db;
  }

  /** Row numbers from `range.from` up to before `range.to` that match, newest first. */
  *walk(match: string, range: SequenceRange = EVERYTHING): Generator<number> {
    for (const shard of listShards(this.#db)) {
      if ((shard + 1) * SHARD_ROWS <= range.from || shard * SHARD_ROWS >= range.to) continue;
      for (const { seq } of this.#statement(shard).iterate(match, range.from, range.to)) yield seq;
    }
  }

  #statement(shard: number): Sqlite.Statement<[string, number, number], { seq: number }> {
    let statement = this.#statements.get(shard);
    if (statement === undefined) {
      const table = `search_${shard}`;
      statement = this.#db.raw.prepare(
        `SELECT rowid AS seq FROM ${table} WHERE ${table} MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC`,
      );
      this.#statements.set(shard, statement);
    }
    return statement;
  }
}

/**
 * What is removed from an index leaves its pages at once. Without this its words would stay in old segments until those are merged, and an
 * erased person's are not to stay. Costs only where something is removed.
 */
export function secureDelete(table: string): string {
  return `INSERT INTO ${table} (${table}, rank) VALUES ('secure-delete', 1);`;
}

type Change = Sqlite.Statement<[number, string, string]>;

/** Writes entries to the shard of their row, which is made when its first row comes. */
export class ShardWriter {
  readonly #db: WritableDb;
  readonly #shards = new Map<number, { insert: Change; remove: Change }>();
  readonly #loose = new Set<number>();
  readonly #merging = new Set<number>();

  constructor(db: WritableDb) {
    this.#db = db;
  }

  insert(seq: number, entry: { body: string; meta: string }): void {
    this.#shard(seq).insert.run(seq, entry.body, entry.meta);
  }

  /** `entry` must be what was inserted: the index keeps no texts. */
  remove(seq: number, entry: { body: string; meta: string }): void {
    this.#shard(seq).remove.run(seq, entry.body, entry.meta);
  }

  loosen(shard: number): void {
    if (this.#loose.has(shard) || !this.#exists(shard)) return;
    const table = `search_${shard}`;
    this.#db.raw.exec(`INSERT INTO ${table} (${table}, rank) VALUES ('secure-delete', 0)`);
    this.#loose.add(shard);
  }

  /** Merges a part of a shard from which entries were removed. Answers whether there is more. */
  tighten(shard: number): boolean {
    if (!this.#exists(shard)) return false;
    const table = `search_${shard}`;
    // Also after a start in between: what was loose is known from the shard itself.
    const set = this.#db.raw
      .prepare<[], { v: number }>(`SELECT v FROM ${table}_config WHERE k = 'secure-delete'`)
      .get();
    if (set === undefined || set.v !== 0) return false;
    const before = this.#changes();
    this.#db.raw.exec(
      `INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${this.#merging.has(shard) ? '' : '-'}${MERGED_PAGES})`,
    );
    this.#merging.add(shard);
    if (this.#changes() - before >= 2) return true;
    this.#db.raw.exec(secureDelete(table));
    this.#loose.delete(shard);
    this.#merging.delete(shard);
    return false;
  }

  drop(shard: number): void {
    if (this.#exists(shard)) this.#db.raw.exec(`DROP TABLE search_${shard}`);
    this.#shards.delete(shard);
    this.#loose.delete(shard);
  }

  #changes(): number {
    return this.#db.raw.prepare<[], { n: number }>('SELECT total_changes() AS n').get()?.n ?? 0;
  }

  #exists(shard: number): boolean {
    return (
      this.#db.get`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ${`search_${shard}`}` !==
      undefined
    );
  }

  dropAll(): void {
    this.reload();
    for (const shard of listShards(this.#db)) this.#db.raw.exec(`DROP TABLE search_${shard}`);
  }

  /** After a rollback, which may have taken a shard back. */
  reload(): void {
    this.#shards.clear();
    this.#loose.clear();
    this.#merging.clear();
  }

  #shard(seq: number): { insert: Change; remove: Change } {
    const number = Math.floor(seq / SHARD_ROWS);
    let shard = this.#shards.get(number);
    if (shard === undefined) {
      const table = `search_${number}`;
      const here =
        this.#db.get`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ${table}` !== undefined;
      if (!here)
        this.#db.raw.exec(`
        CREATE VIRTUAL TABLE ${table} USING fts5 (
          body, meta, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
        );
        ${secureDelete(table)}`);
      shard = {
        insert: this.#db.raw.prepare(`INSERT INTO ${table} (rowid, body, meta) VALUES (?, ?, ?)`),
        remove: this.#db.raw.prepare(
          `INSERT INTO ${table} (${table}, rowid, body, meta) VALUES ('delete', ?, ?, ?)`,
        ),
      };
      this.#shards.set(number, shard);
    }
    return shard;
  }
}
