/** What is typed into the search of the contact table: words of a name, a number in any notation, an address, a value, a label's name. */
import type { ContactField } from '../../../shared/domain/contact-field.ts';
import type { Label } from '../../../shared/domain/workspace.ts';
import { tokenize } from '../../../shared/text/fold.ts';
import type { ReadableDb, Value } from '../sql.ts';
import { readFields } from './fields.ts';
import { isNumber, numberVariants } from './numbers.ts';

type Numbers = { refsWith(digits: string): Iterable<number> };

/** Rows whose contact has each word, as the beginning of one of its own; null: the query asks for nothing. */
export function refsOf(db: ReadableDb, numbers: Numbers, query: string): Iterable<number> | null {
  const typed = query.trim();
  const words = [...new Set(tokenize(typed).map(({ text }) => text))];
  if (isNumber(typed)) return union([...numbered(numbers, typed), byWords(db, words)]);
  if (words.length === 0) return null;
  const named = namesOf(db, words);
  const others = words.filter((word) => named.has(word) || /^\d{3,}$/u.test(word));
  if (others.length === 0) return byWords(db, words);
  const plain = words.filter((word) => !others.includes(word));
  const sets = others.map((word) =>
    union([
      byWords(db, [word]),
      ...(named.get(word) ?? []).map((thing) => refsNamed(db, thing)),
      ...(/^\d+$/u.test(word) ? numbered(numbers, word) : []),
    ]),
  );
  if (plain.length > 0) sets.push(new Set(byWords(db, plain)));
  const [first = new Set<number>(), ...rest] = sets.toSorted((a, b) => a.size - b.size);
  return [...first].filter((ref) => rest.every((set) => set.has(ref)));
}

function byWords(db: ReadableDb, words: readonly string[]): number[] {
  if (words.length === 0) return [];
  // Only folded letters and digits are tokens, so that nothing of the index's own syntax gets in.
  const match = words.map((word) => `"${word}" *`).join(' AND ');
  return pluck(db, 'SELECT rowid FROM contact_index WHERE contact_index MATCH ?', [match]);
}

function numbered(numbers: Numbers, typed: string): Iterable<number>[] {
  return numberVariants(typed).map((digits) => numbers.refsWith(digits));
}

function union(sets: readonly Iterable<number>[]): Set<number> {
  const all = new Set<number>();
  for (const set of sets) for (const ref of set) all.add(ref);
  return all;
}

/** A label, or a choice of a custom field. */
type Thing = { labelId: string } | { fieldId: string; choiceId: string };

/** Labels and choices with a word that begins so, by word. */
function namesOf(db: ReadableDb, words: readonly string[]): Map<string, Thing[]> {
  const found = new Map<string, Thing[]>();
  const look = (name: string, thing: Thing): void => {
    const own = tokenize(name).map(({ text }) => text);
    for (const word of words) {
      if (own.some((one) => one.startsWith(word))) found.set(word, [...(found.get(word) ?? []), thing]);
    }
  };
  for (const { json } of db.all<{ json: string }>`SELECT json FROM directory WHERE kind = 'label'`) {
    const label = JSON.parse(json) as Label;
    if (!label.deleted) look(label.name, { labelId: label.id });
  }
  for (const field of readFields(db) satisfies ContactField[]) {
    if (field.deleted) continue;
    for (const choice of field.choices) look(choice.name, { fieldId: field.id, choiceId: choice.id });
  }
  return found;
}

function refsNamed(db: ReadableDb, thing: Thing): number[] {
  if ('labelId' in thing)
    return pluck(db, 'SELECT ref FROM contact_labels WHERE label_id = ?', [thing.labelId]);
  return pluck(
    db,
    "SELECT ref FROM contact_values WHERE field_id = ? AND instr(',' || value || ',', ?) > 0",
    [thing.fieldId, `,${thing.choiceId},`],
  );
}

/** Rows of one number each: without an object for each of thirty thousand. */
export function pluck(db: ReadableDb, sql: string, values: readonly Value[]): number[] {
  return db
    .prepared(sql)
    .pluck()
    .all(...values) as number[];
}
