import type { WritableDb } from '../sql.ts';

/** Middle of the sequence: live messages count up from here, history counts down. */
export const SEQUENCE_MIDDLE = 2 ** 40;

type Bounds = { low: number | null; high: number | null };

/** Hands out the numbers of messages and notes. */
export class Sequence {
  readonly #db: WritableDb;
  #low = SEQUENCE_MIDDLE;
  #high = SEQUENCE_MIDDLE - 1;

  constructor(db: WritableDb) {
    this.#db = db;
    this.reload();
  }

  /** After the one that was newest until now. */
  nextLive(): number {
    this.#high += 1;
    return this.#high;
  }

  /** A block of `count` numbers before all others; answers the first (oldest) of them. */
  reserveHistory(count: number): number {
    this.#low -= count;
    return this.#low;
  }

  /** The number below which `reserveHistory` goes on. */
  get lowest(): number {
    return this.#low;
  }

  /** Reads the state back from the file: at the start and after a transaction that was rolled back. */
  reload(): void {
    const messages = this.#db
      .get<Bounds>`SELECT min(seq) AS low, (SELECT max(seq) FROM messages) AS high FROM messages`;
    const notes = this.#db
      .get<Bounds>`SELECT min(seq) AS low, (SELECT max(seq) FROM notes) AS high FROM notes`;
    const indexed = this.#db.get<{ low: number; high: number }>`SELECT low, high FROM index_state`;
    const low = [messages?.low, notes?.low, indexed?.low].filter((value) => value != null);
    const high = [messages?.high, notes?.high, indexed?.high].filter((value) => value != null);
    this.#low = Math.min(SEQUENCE_MIDDLE, ...low);
    this.#high = Math.max(SEQUENCE_MIDDLE - 1, ...high);
  }
}
