import type { WritableDb } from '../sql.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import { PendingIndex } from '../people/pending.ts';
import { PEOPLE, outboxRowAt } from './outbox-row.ts';
import type { OutboxRow } from './outbox-row.ts';

/**
 * Where in the outbox a conversation's and an id's rows are, in the writer's memory. The table has no index of its own, because each would be
 * one more page to encrypt and flush before a message counts as kept. Rows that have gone are noticed when they are looked for.
 */
export class OutboxIndex {
  readonly #db: WritableDb;
  /** What is pending about contacts. */
  readonly people: PendingIndex;
  readonly #byLane = new Map<string, number[]>();
  readonly #byId = new Map<string, number>();
  /** Rows whose effect is not shown yet, in order. */
  #unshown: number[] = [];

  constructor(db: WritableDb) {
    this.#db = db;
    this.people = new PendingIndex(db);
    this.reload();
  }

  has(lane: string): boolean {
    return this.#byLane.has(lane);
  }

  /** Everything about one conversation that the gateway does not have yet, in the order in which it was written. */
  of(lane: string): OutboxRow[] {
    const numbers = this.#byLane.get(lane);
    if (numbers === undefined) return [];
    const rows: OutboxRow[] = [];
    for (const n of numbers) {
      const row = outboxRowAt(this.#db, n);
      if (row?.lane === lane) rows.push(row);
    }
    if (rows.length === 0) this.#byLane.delete(lane);
    else if (rows.length < numbers.length)
      this.#byLane.set(
        lane,
        rows.map((row) => row.n),
      );
    return rows;
  }

  find(id: string): OutboxRow | undefined {
    const n = this.#byId.get(id);
    const row = n === undefined ? undefined : outboxRowAt(this.#db, n);
    if (row?.id === id) return row;
    this.#byId.delete(id);
    return undefined;
  }

  add(row: { n: number; id: string; lane: string }, shown: boolean, command?: Command): void {
    const { n, id, lane } = row;
    if (lane === PEOPLE) this.people.add(n, command ?? commandAt(this.#db, n));
    else this.people.forget(n);
    const numbers = this.#byLane.get(lane);
    if (numbers === undefined) this.#byLane.set(lane, [n]);
    else if (!numbers.includes(n)) numbers.push(n);
    this.#byId.set(id, n);
    if (!shown) this.#unshown.push(n);
  }

  get hasUnshown(): boolean {
    return this.#unshown.length > 0;
  }

  /** The oldest rows whose effect is to be shown now, together about at most `limit` contacts or messages (but at least one row); they count as shown from here on, unless the transaction is rolled back. */
  takeUnshown(limit: number): OutboxRow[] {
    let count = 0;
    for (let weight = 0; count < this.#unshown.length && weight < limit; count++) {
      weight += Math.max(1, this.people.contactsOf(this.#unshown[count] ?? 0).length);
    }
    const numbers = this.#unshown.slice(0, count);
    this.#unshown = this.#unshown.slice(count);
    return numbers.map((n) => outboxRowAt(this.#db, n)).filter((row) => row !== undefined);
  }

  /** Reads everything back: at the start and after a transaction that was rolled back. */
  reload(): void {
    this.#byLane.clear();
    this.#byId.clear();
    this.#unshown = [];
    this.people.clear();
    const rows = this.#db.all<{ n: number; id: string; lane: string; shown: number }>`
      SELECT n, id, conversation_id AS lane, shown FROM outbox ORDER BY n`;
    for (const row of rows) this.add(row, row.shown === 1);
  }
}

function commandAt(db: WritableDb, n: number): Command {
  const row = db.get<{ command: string }>`SELECT command FROM outbox WHERE n = ${n}`;
  if (row === undefined) throw new Error('no such row of the outbox');
  return JSON.parse(row.command) as Command;
}
