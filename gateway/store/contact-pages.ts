/** Contacts of the first sync that no conversation brings. As `pages.ts`: text put together, not parsed. */
import type { Consents } from './consents.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';
import type { Merges } from './merges.ts';
import { MAX_PAGE_CHARS, MAX_SCAN } from './pages.ts';
import { seesWithoutConversation } from './sight.ts';
import type { Sight } from './sight.ts';
import type { Viewer } from './visibility.ts';

type Row = { id: string; state: string; talks: 0 | 1 };

/** Behind all ids: where the walk begins. */
export const NEWEST_CONTACT = '~';

/** The place that a cursor names; null when the text is no cursor of ours. */
export function contactPlaceOf(cursor: string | null): string | null {
  if (cursor === null) return NEWEST_CONTACT;
  return /^[0-9a-f-]{36}$/u.test(cursor) ? cursor : null;
}

export function createContactPages(
  db: Db,
  parts: { log: Log; consents: Consents; merges: Merges; sight: Sight },
) {
  const { log, consents, merges, sight } = parts;
  // Ids are time-sortable, so this order is the newest first, needs no index of its own and does not change.
  const older = db.prepare<Row>(
    `SELECT c.id, c.state, EXISTS (SELECT 1 FROM conversations t WHERE t.contact_id = c.id) AS talks
     FROM contacts c WHERE c.ws = ? AND c.merged_into IS NULL AND c.id < ? ORDER BY c.id DESC`,
  );
  const alone = db.prepare<{ createdBy: string | null; count: number }>(
    `SELECT c.created_by AS createdBy, count(*) AS count FROM contacts c
     WHERE c.ws = ? AND c.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM conversations t WHERE t.contact_id = c.id) GROUP BY c.created_by`,
  );

  return {
    /** How many contacts without a conversation the viewer sees. */
    count(viewer: Viewer): number {
      return alone
        .all(viewer.ws)
        .filter((row) => seesWithoutConversation(viewer, row.createdBy))
        .reduce((sum, row) => sum + row.count, 0);
    },
    /** `ContactPage` as JSON, of the contacts before the place. */
    page(viewer: Viewer, before: string, limit: number): string {
      const { head } = log.ends(viewer.ws);
      const contacts: string[] = [];
      const ids: string[] = [];
      let next: string | null = null;
      let size = 0;
      let looked = 0;
      for (const row of older.iterate(viewer.ws, before)) {
        looked += 1;
        if (row.talks === 0 && sight.seesContact(viewer, row.id)) {
          ids.push(row.id);
          contacts.push(row.state);
          size += row.state.length;
        }
        if (contacts.length >= limit || size >= MAX_PAGE_CHARS || looked >= MAX_SCAN) {
          next = row.id;
          break;
        }
      }
      return (
        `{"asOf":${head},"contacts":[${contacts.join(',')}],"consents":[${consents.statesOf(ids).join(',')}],` +
        `"merges":[${merges.statesOf(ids).join(',')}],"next":${JSON.stringify(next)}}`
      );
    },
  };
}
