/**
 * The table of contacts as one reader holds it: each order as a list of row numbers, and what filters and words let through as marks, until
 * the table changes. So a stretch at any offset, and each letter that is typed, costs a walk over numbers in memory.
 */
import type { ContactFilter, ContactSort } from '../../../shared/domain/contact-filter.ts';
import type { ReadableDb } from '../sql.ts';
import { readFields } from './fields.ts';
import { compileFilter } from './filter.ts';
import { pluck, refsOf } from './query.ts';
import type { PeopleQuery } from './types.ts';

/** Results that are kept: of the last filters and words. */
const KEPT = 24;
const KEPT_COUNTS = 200;

type Version = { changed: number; moved: number };

/** Texts are folded already; what has no value comes last in both directions. Built from these names only. */
const ORDERS = {
  name: ['name', "''"],
  company: ['company', "''"],
  phone: ['phone', "''"],
  email: ['email', "''"],
  language: ['language', "''"],
  created: ['created_at', 'NULL'],
  updated: ['updated_at', 'NULL'],
  last_message: ['last_message_at', 'NULL'],
} as const;

export class PeopleTable {
  readonly #db: ReadableDb;
  #version: Version = { changed: -1, moved: -1 };
  readonly #orders = new Map<string, Int32Array>();
  readonly #results = new Map<string, Int32Array>();
  readonly #counts = new Map<string, number>();
  #numbers: Numbers | null = null;

  constructor(db: ReadableDb) {
    this.#db = db;
  }

  /** Row numbers of all that fit, in order. */
  refs({ filter, query, sort, now }: PeopleQuery): Int32Array {
    this.#renew();
    const order = (): Int32Array => this.#order(sort);
    const words = query.trim();
    if (words === '' && filter.conditions.length === 0) return order();
    const key = JSON.stringify([filter, words, sort, minuteOf(filter, now)]);
    const known = this.#results.get(key);
    if (known !== undefined) return known;
    const result = intersect(order(), this.#marks(filter, words, now));
    remember(this.#results, key, result, KEPT);
    return result;
  }

  count(filter: ContactFilter, now: number): number {
    this.#renew();
    const key = JSON.stringify([filter, minuteOf(filter, now)]);
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const { sql, values } = compileFilter(filter, now);
    const count = Number(
      this.#db
        .prepared(`SELECT count(*) FROM people p WHERE ${sql}`)
        .pluck()
        .get(...values),
    );
    remember(this.#counts, key, count, KEPT_COUNTS);
    return count;
  }

  /** One mark for each row that fits both; index: the row number. */
  #marks(filter: ContactFilter, words: string, now: number): Uint8Array {
    const highest = Number(
      this.#db.get<{ ref: number | null }>`SELECT max(ref) AS ref FROM people`?.ref ?? 0,
    );
    const marks = new Uint8Array(highest + 1);
    let needed = 0;
    const mark = (refs: Iterable<number>): void => {
      for (const ref of refs) if (ref <= highest && marks[ref] === needed) marks[ref] = needed + 1;
      needed += 1;
    };
    const found = words === '' ? null : refsOf(this.#db, this.#digits(), words);
    if (found !== null) mark(found);
    // Punctuation alone asks for nothing that anybody has.
    else if (words !== '') mark([]);
    if (filter.conditions.length > 0) {
      const { sql, values } = compileFilter(filter, now);
      mark(
        this.#db
          .prepared(`SELECT p.ref FROM people p WHERE ${sql}`)
          .pluck()
          .all(...values) as number[],
      );
    }
    for (let ref = 0; ref < marks.length; ref++) marks[ref] = Number(marks[ref] === needed);
    return marks;
  }

  #order(sort: ContactSort): Int32Array {
    const key = JSON.stringify(sort);
    let order = this.#orders.get(key);
    if (order === undefined) {
      order =
        typeof sort.by === 'string'
          ? this.#byColumn(sort.by, sort.descending)
          : this.#byField(sort.by.fieldId, sort.descending);
      remember(this.#orders, key, order, KEPT);
    }
    return order;
  }

  #byColumn(by: keyof typeof ORDERS, descending: boolean): Int32Array {
    const [column, none] = ORDERS[by];
    const direction = descending ? 'DESC' : 'ASC';
    const refs = pluck(
      this.#db,
      `SELECT ref FROM people ORDER BY ${column} IS ${none}, ${column} ${direction}, ref ${direction}`,
      [],
    );
    return Int32Array.from(refs);
  }

  /** By value as the field's type orders it; who has none comes after those, by name. */
  #byField(fieldId: string, descending: boolean): Int32Array {
    const field = readFields(this.#db).find(({ id }) => id === fieldId);
    const rows = this.#db.all<{ ref: number; value: string }>`
      SELECT v.ref, v.value FROM contact_values v JOIN people p ON p.ref = v.ref WHERE v.field_id = ${fieldId}`;
    const places = new Map(field?.choices.map((choice, index) => [choice.id, index]));
    const keyOf = (value: string): number | string => {
      if (field?.type === 'number') return Number(value);
      if (places.size > 0) return places.get(value.split(',')[0] ?? '') ?? places.size;
      return value;
    };
    const keyed = rows.map(({ ref, value }) => ({ ref, key: keyOf(value) }));
    const sign = descending ? -1 : 1;
    keyed.sort((a, b) => sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : a.ref - b.ref));
    const having = new Set(rows.map(({ ref }) => ref));
    const byName = this.#order({ by: 'name', descending: false });
    const order = new Int32Array(byName.length);
    let at = 0;
    for (const { ref } of keyed) order[at++] = ref;
    for (const ref of byName) if (!having.has(ref)) order[at++] = ref;
    return order;
  }

  #digits(): Numbers {
    this.#numbers ??= new Numbers(this.#db);
    return this.#numbers;
  }

  #renew(): void {
    const version = this.#db.get<Version>`SELECT changed, moved FROM people_state`;
    if (version === undefined) throw new Error('people_state has no row');
    if (version.changed === this.#version.changed && version.moved === this.#version.moved) return;
    const moved = version.changed === this.#version.changed;
    this.#version = version;
    if (moved) {
      // Only times of messages are others: orders and results that do not look at those stay.
      for (const map of [this.#orders, this.#results, this.#counts]) {
        for (const key of map.keys()) if (key.includes('"last_message"')) map.delete(key);
      }
      return;
    }
    this.#orders.clear();
    this.#results.clear();
    this.#counts.clear();
    this.#numbers = null;
  }
}

/** All digits of all numbers as one text: looking through it takes less than a millisecond. */
class Numbers {
  readonly #text: string;
  readonly #starts: Int32Array;
  readonly #refs: Int32Array;

  constructor(db: ReadableDb) {
    const rows = db.prepared("SELECT ref, digits FROM people WHERE digits <> ''").raw().all() as [
      number,
      string,
    ][];
    this.#refs = new Int32Array(rows.length);
    this.#starts = new Int32Array(rows.length);
    const lines: string[] = [];
    let at = 0;
    for (const [index, [ref, digits]] of rows.entries()) {
      this.#refs[index] = ref;
      this.#starts[index] = at;
      lines.push(digits);
      at += digits.length;
    }
    this.#text = lines.join('');
  }

  *refsWith(digits: string): Generator<number> {
    let from = 0;
    for (;;) {
      const hit = this.#text.indexOf(digits, from);
      if (hit === -1) return;
      const line = this.#lineAt(hit);
      yield this.#refs[line] ?? 0;
      from = this.#starts[line + 1] ?? this.#text.length;
    }
  }

  /** The last line that begins at or before a place. */
  #lineAt(place: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function intersect(order: Int32Array, marks: Uint8Array): Int32Array {
  const result = new Int32Array(order.length);
  let length = 0;
  for (const ref of order) {
    if (marks[ref] === 1) result[length++] = ref;
  }
  return result.slice(0, length);
}

function remember<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > most && oldest.done !== true) map.delete(oldest.value);
}

/** "Within so many days" is another question each minute. */
function minuteOf(filter: ContactFilter, now: number): number {
  return JSON.stringify(filter).includes('_days"') ? Math.floor(now / 60_000) : 0;
}
