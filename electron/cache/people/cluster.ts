/** Records that were merged point to the one that they went into; the person is the one at the end. */
import type { ReadableDb } from '../sql.ts';

/** Merges go a few steps, a ring is nobody's: asked no further than this. */
const DEEPEST = 20;

/** The record that stands for the person now; the same id when it was not merged, or is not here. */
export function personOf(db: ReadableDb, contactId: string): string {
  let id = contactId;
  for (let step = 0; step < DEEPEST; step++) {
    const into = db.get<{ into: string | null }>`
      SELECT merged_into AS "into" FROM contacts WHERE id = ${id}`?.into;
    if (into == null) return id;
    id = into;
  }
  return id;
}

/** The record and all that went into it, itself first. */
export function clusterOf(db: ReadableDb, contactId: string): string[] {
  const ids = [contactId];
  for (const id of ids) {
    const losers = db.all<{ id: string }>`SELECT id FROM contacts WHERE merged_into = ${id}`;
    for (const loser of losers) if (!ids.includes(loser.id)) ids.push(loser.id);
  }
  return ids;
}
