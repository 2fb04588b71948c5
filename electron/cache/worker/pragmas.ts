import { EXPECTED_PRAGMAS } from '../connection.ts';
import type { ReadableDb } from '../sql.ts';

/** The settings of this thread's connection as SQLite reports them, for the test that compares them with the checklist. */
export function readPragmas(db: ReadableDb): Record<string, unknown> {
  const names = Object.keys(EXPECTED_PRAGMAS.reader);
  return Object.fromEntries(names.map((name) => [name, db.raw.pragma(name, { simple: true })]));
}
