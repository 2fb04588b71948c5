/** Whoever is restricted: what was written with them stays, and is not found, previewed or told of. */
import type { ReadableDb } from '../sql.ts';

type Ids = { ids: ReadonlySet<string>; refs: ReadonlySet<number> };

const NOBODY: Ids = { ids: new Set(), refs: new Set() };

/** Their conversations, also those of records that were merged into them. Mostly there are none, which an index of its own answers. */
export function restrictedConversations(db: ReadableDb): Ids {
  if (db.get`SELECT 1 FROM contacts WHERE restricted = 1 LIMIT 1` === undefined) return NOBODY;
  const rows = db.all<{ id: string; ref: number }>`
    WITH RECURSIVE restricted (id) AS (
      SELECT id FROM contacts WHERE restricted = 1
      UNION SELECT c.id FROM contacts c JOIN restricted r ON c.merged_into = r.id)
    SELECT t.id, t.ref FROM restricted r JOIN conversations t ON t.contact_id = r.id`;
  return { ids: new Set(rows.map(({ id }) => id)), refs: new Set(rows.map(({ ref }) => ref)) };
}
