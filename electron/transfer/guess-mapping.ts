/** A first mapping for a file, from its header alone. */
import type { Column } from './columns.ts';
import { HEADER_WORDS, normalHeader } from './header-words.ts';
import type { Mapping, Target } from './targets.ts';

/**
 * Targets for the columns. A column named like one of `fieldNames` goes to that custom field, before any other guess. What nothing is known
 * about is `ignore`. `remembered` (of an earlier import) wins over guesses.
 */
export function guessMapping(
  columns: readonly Column[],
  fieldNames: readonly string[] = [],
  remembered: Mapping = {},
): Mapping {
  const fields = new Map(fieldNames.map((name) => [foldName(name), name]));
  const taken = new Set<Target>();
  const guesses = columns.map((column): [string, Target] => {
    const known = Object.hasOwn(remembered, column.key) ? remembered[column.key] : undefined;
    if (known !== undefined) return [column.key, known];
    const guess = guessOf(column, fields);
    const again = ONCE.has(guess) && taken.has(guess);
    taken.add(guess);
    return [column.key, again ? 'ignore' : guess];
  });
  const has = (target: Target): boolean => guesses.some(([, it]) => it === target);
  const swapped = partOfName(has('name'), has('givenName'), has('familyName'));
  return Object.fromEntries(
    guesses.map(([key, target]) => {
      const kept = swapped === null || target !== swapped.from || Object.hasOwn(remembered, key);
      return [key, kept ? target : swapped.to];
    }),
  );
}

/** Characters of a header that are looked at. */
const LONGEST_HEADER = 200;

/** Of these the first column counts: a second one would say the same in other words. */
const ONCE: ReadonlySet<Target> = new Set<Target>([
  'name',
  'givenName',
  'middleName',
  'familyName',
  'company',
]);

/** Words whose meaning depends on their neighbours: "Nombre" alone is a whole name, and "Name" beside "Vorname" a family name. */
function partOfName(name: boolean, given: boolean, family: boolean): { from: Target; to: Target } | null {
  if (given && !family) return name ? { from: 'name', to: 'familyName' } : { from: 'givenName', to: 'name' };
  return null;
}

function guessOf(column: Column, fields: ReadonlyMap<string, string>): Target {
  if (column.header === null) return 'ignore';
  const header = column.header.slice(0, LONGEST_HEADER);
  const field = fields.get(foldName(header));
  if (field !== undefined) return `field:${field}`;
  return HEADER_WORDS.get(normalHeader(header)) ?? 'ignore';
}

function foldName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/**
 * Whether the first record of a file names its columns: one of them is a known word, or none looks like a value (a number, a date or an
 * address).
 */
export function looksLikeHeader(columns: readonly Column[]): boolean {
  const headers = columns.flatMap((column) =>
    column.header === null ? [] : [column.header.slice(0, LONGEST_HEADER)],
  );
  if (headers.some((header) => HEADER_WORDS.has(normalHeader(header)))) return true;
  return !headers.some((header) => /@.+\.|^[+(]?[\d\s().:/-]{4,}$/u.test(header));
}
