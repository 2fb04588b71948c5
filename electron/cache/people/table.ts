/**
 * The table of contacts as one reader holds it: each order as a list of row numbers, and what filters and words let through, until
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
/** From this many on, walking the whole order is quicker than sorting. */
const MANY = 6_000;

type Version = { changed: number; moved: number };

/** Texts are folded already; what has no value comes last in both directions. Built from these names only. */
const ORDERS = {
  name: { column: 'name', has: "name > ''", none: "name = ''" },
  company: { column: 'company', has: "company > ''", none: "company = ''" },
  phone: { column: 'phone', has: "phone > ''", none: "phone = ''" },
  email: { column: 'email', has: "email > ''", none: "email = ''" },
  language: { column: 'language', has: "language > ''", none: "language = ''" },
  created: { column: 'created_at', has: 'created_at IS NOT NULL', none: 'created_at IS NULL' },
  updated: { column: 'updated_at', has: 'updated_at IS NOT NULL', none: 'updated_at IS NULL' },
  last_message: {
    column: 'last_message_at',
    has: 'last_message_at IS NOT NULL',
    none: 'last_message_at IS NULL',
  },
} as const;

export class PeopleTable {
  readonly #db: ReadableDb;
  #version: Version = { changed: -1, moved: -1 };
  readonly #orders = new Map<string, Int32Array>();
  /** By row number: its place in an order. */
  readonly #places = new Map<string, Int32Array>();
  readonly #results = new Map<string, Int32Array>();
  readonly #counts = new Map<string, number>();
  #numbers: Numbers | null = null;

  constructor(db: ReadableDb) {
    this.#db = db;
  }

  /** Row numbers of all that fit, in order. */
  refs({ filter, query, sort, now }: PeopleQuery): Int32Array {
    this.#renew();
    const words = query.trim();
    if (words === '' && filter.conditions.length === 0) return this.#order(sort);
    const key = JSON.stringify([filter, words, sort, minuteOf(filter, now)]);
    const known = this.#results.get(key);
    if (known !== undefined) return known;
    const result = this.#inOrder(this.#fitting(filter, words, now), sort);
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

  /** Row numbers that fit both, in no order. */
  #fitting(filter: ContactFilter, words: string, now: number): number[] {
    const sets: Iterable<number>[] = [];
    // Punctuation alone asks for nothing that anybody has.
    if (words !== '') sets.push(refsOf(this.#db, this.#digits(), words) ?? []);
    if (filter.conditions.length > 0) {
      const { sql, values } = compileFilter(filter, now);
      sets.push(pluck(this.#db, `SELECT p.ref FROM people p WHERE ${sql}`, values));
    }
    const [first = [], second] = sets;
    if (second === undefined) return [...first];
    const both = new Set(second);
    return [...first].filter((ref) => both.has(ref));
  }

  /** A few are sorted by their place, many are picked out of the whole order. */
  #inOrder(refs: readonly number[], sort: ContactSort): Int32Array {
    const { order, places } = this.#placed(sort);
    // A number in the index of words may be one that is shown no more only in between two of its states.
    const here = refs.filter((ref) => places[ref] !== undefined && places[ref] >= 0);
    if (here.length < MANY) {
      return Int32Array.from(here).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
    }
    const marks = new Uint8Array(places.length);
    for (const ref of here) marks[ref] = 1;
    const result = new Int32Array(here.length);
    let length = 0;
    for (const ref of order) if (marks[ref] === 1) result[length++] = ref;
    return result.slice(0, length);
  }

  #placed(sort: ContactSort): { order: Int32Array; places: Int32Array } {
    const order = this.#order(sort);
    const key = JSON.stringify(sort);
    let places = this.#places.get(key);
    if (places === undefined) {
      places = new Int32Array(order.reduce((highest, ref) => Math.max(highest, ref), 0) + 1).fill(-1);
      for (const [place, ref] of order.entries()) places[ref] = place;
      remember(this.#places, key, places, KEPT);
    }
    return { order, places };
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
    const { column, has, none } = ORDERS[by];
    const direction = descending ? 'DESC' : 'ASC';
    const having = `SELECT ref FROM people WHERE ${has} ORDER BY ${column} ${direction}, ref ${direction}`;
    const without = `SELECT ref FROM people WHERE ${none} ORDER BY ref`;
    return Int32Array.from([...pluck(this.#db, having, []), ...pluck(this.#db, without, [])]);
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
      for (const map of [this.#orders, this.#places, this.#results, this.#counts]) {
        for (const key of map.keys()) if (key.includes('"last_message"')) map.delete(key);
      }
      return;
    }
    this.#orders.clear();
    this.#places.clear();
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

function remember<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > most && oldest.done !== true) map.delete(oldest.value);
}

/** "Within so many days" is another question each minute. */
function minuteOf(filter: ContactFilter, now: number): number {
  return JSON.stringify(filter).includes('_days"') ? Math.floor(now / 60_000) : 0;
}
