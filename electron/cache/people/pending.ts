/**
 * Which commands of the outbox are about which contacts, in the writer's memory. A command may be about five hundred of them (a stretch of
 * an import, a bulk edit), so it is read and parsed once for all of them and not once for each.
 */
import type { ContactChange } from '../../../shared/domain/contact.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import type { WritableDb } from '../sql.ts';
import { PEOPLE } from '../store/outbox-row.ts';

/** A command about contacts that the gateway has not confirmed. `changes`: of `contacts.change`, by contact. */
export type PendingPeople = {
  n: number;
  id: string;
  me: string;
  createdAt: number;
  command: Command;
  changes: ReadonlyMap<string, ContactChange> | null;
};

type Pair = readonly [winnerId: string, loserId: string];
type Merge = { n: number; pair: Pair };
type Row = { n: number; id: string; me: string; createdAt: number; command: string };

/** Parsed commands that are kept: of a long import only the newest are asked for again. */
const KEPT = 8;

export class PendingIndex {
  readonly #db: WritableDb;
  readonly #byContact = new Map<string, number[]>();
  readonly #byRow = new Map<number, string[]>();
  readonly #merges = new Map<string, Merge>();
  readonly #parsed = new Map<number, PendingPeople>();
  /** Rows that are known to be there, while `steadily` runs. */
  #here: Set<number> | null = null;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** Row numbers are used again once the newest row has gone: what was known under this one is forgotten. */
  add(n: number, command: Command): void {
    this.forget(n);
    if (command.type === 'contact.merge') {
      const { mergeId, winnerId, loserId } = command.data;
      this.#merges.set(mergeId, { n, pair: [winnerId, loserId] });
    }
    const contacts = this.contactsOfCommand(command);
    this.#byRow.set(n, contacts);
    for (const id of contacts) {
      const numbers = this.#byContact.get(id);
      if (numbers === undefined) this.#byContact.set(id, [n]);
      else numbers.push(n);
    }
  }

  /** The contacts of a row, also when it has just gone. */
  contactsOf(n: number): readonly string[] {
    return this.#byRow.get(n) ?? [];
  }

  /** What is pending about a contact, in the order in which it was done. `before`: only rows below this one. */
  about(contactId: string, before: number = Number.MAX_SAFE_INTEGER): PendingPeople[] {
    const numbers = this.#byContact.get(contactId);
    if (numbers === undefined) return [];
    const pending: PendingPeople[] = [];
    let gone = false;
    for (const n of numbers) {
      const one = this.#at(n);
      if (one === null) gone = true;
      else if (n < before) pending.push(one);
    }
    if (gone) this.#prune(contactId, numbers);
    return pending;
  }

  /** The row of a merge that is still pending. */
  mergeAt(mergeId: string): PendingPeople | null {
    const n = this.#merges.get(mergeId)?.n;
    const pending = n === undefined ? null : this.#at(n);
    const isIt = pending?.command.type === 'contact.merge' && pending.command.data.mergeId === mergeId;
    return isIt ? pending : null;
  }

  /** Everybody about whom something is pending. */
  contacts(): string[] {
    return [...this.#byContact.keys()];
  }

  /** Runs work in which no row leaves the outbox: whether one is there is asked once, and not for each of its five hundred contacts. */
  steadily(work: () => void): void {
    this.#here = new Set();
    try {
      work();
    } finally {
      this.#here = null;
    }
  }

  forget(n: number): void {
    for (const id of this.#byRow.get(n) ?? []) {
      const numbers = this.#byContact.get(id)?.filter((other) => other !== n) ?? [];
      if (numbers.length === 0) this.#byContact.delete(id);
      else this.#byContact.set(id, numbers);
    }
    this.#byRow.delete(n);
    this.#parsed.delete(n);
  }

  clear(): void {
    this.#byContact.clear();
    this.#byRow.clear();
    this.#merges.clear();
    this.#parsed.clear();
  }

  #prune(contactId: string, numbers: readonly number[]): void {
    const here = numbers.filter((n) => this.#exists(n));
    if (here.length === 0) this.#byContact.delete(contactId);
    else this.#byContact.set(contactId, here);
  }

  /** Without the command's text, which may lie on many pages. */
  #exists(n: number): boolean {
    if (this.#here?.has(n) === true) return true;
    const row = this.#db.get`SELECT 1 FROM outbox WHERE n = ${n} AND conversation_id = ${PEOPLE}`;
    if (row !== undefined) this.#here?.add(n);
    return row !== undefined;
  }

  #at(n: number): PendingPeople | null {
    if (!this.#exists(n)) return null;
    const known = this.#parsed.get(n);
    if (known !== undefined) return known;
    const row = this.#db.get<Row>`
      SELECT n, id, me, created_at AS createdAt, command FROM outbox WHERE n = ${n}`;
    if (row === undefined) return null;
    const command = JSON.parse(row.command) as Command;
    const changes =
      command.type === 'contacts.change'
        ? new Map(command.data.changes.map((change) => [change.contactId, change]))
        : null;
    const parsed = { ...row, command, changes };
    this.#parsed.set(n, parsed);
    const oldest = this.#parsed.keys().next();
    if (this.#parsed.size > KEPT && oldest.done !== true) this.#parsed.delete(oldest.value);
    return parsed;
  }

  /** The contacts that a command is about. */
  contactsOfCommand(command: Command): string[] {
    switch (command.type) {
      case 'contacts.change':
        return [...new Set(command.data.changes.map(({ contactId }) => contactId))];
      case 'contacts.delete':
        return [...new Set(command.data.contactIds)];
      case 'contact.merge':
        return [command.data.winnerId, command.data.loserId];
      case 'contact.unmerge':
        return [...(this.#pairOf(command.data.mergeId) ?? [])];
      case 'contact.restrict':
        return [command.data.contactId];
      case 'consent.record':
        return [command.data.entry.contactId];
      default:
        return [];
    }
  }

  #pairOf(mergeId: string): Pair | null {
    const row = this.#db.get<{ winner: string; loser: string }>`
      SELECT winner_id AS winner, loser_id AS loser FROM merges WHERE id = ${mergeId}`;
    return row === undefined ? (this.#merges.get(mergeId)?.pair ?? null) : [row.winner, row.loser];
  }
}
