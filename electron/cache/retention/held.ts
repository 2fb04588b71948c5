/** The conversations that legal holds keep, as row numbers. */
import type { ReadableDb } from '../sql.ts';
import type { Held } from './types.ts';

export function heldRefs(db: ReadableDb, { conversationIds, contactIds }: Held): ReadonlySet<number> {
  if (conversationIds.length === 0 && contactIds.length === 0) return NONE;
  // A hold on a person holds what was merged into them, too.
  const rows = db.all<{ ref: number }>`
    WITH RECURSIVE held (id) AS (
      SELECT value FROM json_each(${JSON.stringify(contactIds)})
      UNION SELECT c.id FROM contacts c JOIN held h ON c.merged_into = h.id
      UNION SELECT c.merged_into FROM contacts c JOIN held h ON c.id = h.id WHERE c.merged_into IS NOT NULL)
    SELECT ref FROM conversations WHERE contact_id IN (SELECT id FROM held)
    UNION SELECT ref FROM conversations WHERE id IN (SELECT value FROM json_each(${JSON.stringify(conversationIds)}))`;
  return new Set(rows.map(({ ref }) => ref));
}

const NONE: ReadonlySet<number> = new Set();
