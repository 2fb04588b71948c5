/** Pairs of records that may be one person. Only those that share a key are compared, and all pairs are kept until the table changes. */
import type { DuplicatePair } from '../../../shared/contract/contacts.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { duplicateKeys, duplicateReasons } from '../../../shared/domain/duplicates.ts';
import type { DuplicateReason } from '../../../shared/domain/duplicates.ts';
import type { ReadableDb } from '../sql.ts';
import { pendingOf } from './pending-read.ts';

/** Of a key that more records share than this, each is compared with this many neighbours: a name of thousands says nothing. */
const NEIGHBOURS = 20;

type Pair = { first: number; second: number; reasons: DuplicateReason[] };
type Input = { contactId: string | null; offset: number; limit: number };

const STRENGTH: readonly DuplicateReason[] = [
  'same_identity',
  'same_phone',
  'phone_variant',
  'same_email',
  'close_name',
];

export class Duplicates {
  readonly #db: ReadableDb;
  #version = -1;
  #apart = '';
  #pairs: Pair[] = [];

  constructor(db: ReadableDb) {
    this.#db = db;
  }

  read({ contactId, offset, limit }: Input): { pairs: DuplicatePair[]; total: number } {
    const pairs = contactId === null ? this.#all() : this.#of(contactId);
    const shown = pairs
      .slice(offset, offset + limit)
      .flatMap(({ first, second, reasons }): DuplicatePair[] => {
        const one = contactAt(this.#db, first);
        const other = contactAt(this.#db, second);
        return one === null || other === null ? [] : [{ first: one, second: other, reasons }];
      });
    return { pairs: shown, total: pairs.length };
  }

  #all(): Pair[] {
    const db = this.#db;
    const version = db.get<{ changed: number }>`SELECT changed FROM people_state`?.changed ?? 0;
    const apart = JSON.stringify(pendingOf(db, ['contacts.keep_apart']).map(({ command }) => command.data));
    if (version === this.#version && apart === this.#apart) return this.#pairs;
    this.#pairs = this.#compare(sharing(db));
    this.#version = version;
    this.#apart = apart;
    return this.#pairs;
  }

  #of(contactId: string): Pair[] {
    const db = this.#db;
    const row = db.get<{ ref: number; json: string }>`
      SELECT c.ref, c.json FROM contacts c JOIN people p ON p.ref = c.ref WHERE c.id = ${contactId} AND p.restricted = 0`;
    if (row === undefined) return [];
    const pairs = new Map<number, [number, number]>();
    for (const { kind, key } of duplicateKeys(JSON.parse(row.json) as Contact)) {
      const refs = db.all<{ ref: number }>`
        SELECT k.ref FROM contact_keys k JOIN people p ON p.ref = k.ref
        WHERE k.kind = ${kind} AND k.key = ${key} AND k.ref <> ${row.ref} AND p.restricted = 0 LIMIT 200`;
      for (const { ref } of refs) pairs.set(ref, [row.ref, ref]);
    }
    return this.#compare([...pairs.values()]);
  }

  #compare(candidates: readonly (readonly [number, number])[]): Pair[] {
    const apart = keptApart(this.#db);
    const contacts = new Map<number, Contact | null>();
    const at = (ref: number): Contact | null => {
      let contact = contacts.get(ref);
      if (contact === undefined) {
        contact = contactAt(this.#db, ref);
        contacts.set(ref, contact);
      }
      return contact;
    };
    const pairs: Pair[] = [];
    for (const [first, second] of candidates) {
      const [one, other] = [at(first), at(second)];
      if (one === null || other === null || apart.has(pairKey(one.id, other.id))) continue;
      const reasons = duplicateReasons(one, other);
      if (reasons.length > 0) pairs.push({ first, second, reasons });
    }
    const rank = ({ reasons: [strongest] }: Pair): number =>
      strongest === undefined ? STRENGTH.length : STRENGTH.indexOf(strongest);
    return pairs.toSorted((a, b) => rank(a) - rank(b) || a.first - b.first || a.second - b.second);
  }
}

/** Pairs of row numbers with a common key, each once. */
function sharing(db: ReadableDb): [number, number][] {
  const rows = db
    .prepared(
      `SELECT k.kind || ':' || k.key, k.ref FROM contact_keys k
       JOIN (SELECT kind, key FROM contact_keys GROUP BY kind, key HAVING count(*) > 1) g ON g.kind = k.kind AND g.key = k.key
       JOIN people p ON p.ref = k.ref WHERE p.restricted = 0 ORDER BY k.kind, k.key, k.ref`,
    )
    .raw()
    .all() as [string, number][];
  const pairs = new Map<string, [number, number]>();
  for (let from = 0; from < rows.length;) {
    const key = rows[from]?.[0];
    let to = from;
    while (rows[to]?.[0] === key) to++;
    for (let i = from; i < to; i++) {
      for (let j = i + 1; j < Math.min(to, i + 1 + NEIGHBOURS); j++) {
        const [first, second] = [rows[i]?.[1] ?? 0, rows[j]?.[1] ?? 0];
        pairs.set(`${first} ${second}`, [first, second]);
      }
    }
    from = to;
  }
  return [...pairs.values()];
}

/** Pairs of ids that were said to be two people, with what is still to be sent. */
function keptApart(db: ReadableDb): Set<string> {
  const rows = db.all<{ first: string; second: string }>`
    SELECT first_id AS first, second_id AS second FROM kept_apart WHERE apart = 1`;
  const apart = new Set(rows.map(({ first, second }) => pairKey(first, second)));
  for (const { command } of pendingOf(db, ['contacts.keep_apart'])) {
    if (command.type !== 'contacts.keep_apart') continue;
    const { firstId, secondId } = command.data;
    if (command.data.apart) apart.add(pairKey(firstId, secondId));
    else apart.delete(pairKey(firstId, secondId));
  }
  return apart;
}

function pairKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

function contactAt(db: ReadableDb, ref: number): Contact | null {
  const row = db.get<{ json: string }>`SELECT json FROM contacts WHERE ref = ${ref}`;
  return row === undefined ? null : (JSON.parse(row.json) as Contact);
}
