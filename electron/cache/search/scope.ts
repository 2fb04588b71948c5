/** Which conversations a query is about, where it says so: `is:open`, `is:unread`, `is:mine`, `is:failed`, `label:`, `assignee:`. */
import type { SearchQuery } from '../../../shared/text/query.ts';
import type { ReadableDb } from '../sql.ts';
import { readSession } from '../store/session.ts';
import { isNamed } from './names.ts';

export const STATUSES = new Set(['open', 'closed', 'snoozed']);
const NOBODY = new Set(['nobody', 'none', 'unassigned', 'niemand', 'nadie', 'ninguém']);

/** Short for an assignee. */
export const HELD = new Map([
  ['mine', 'me'],
  ['unassigned', 'nobody'],
]);

/** Rows of the conversations that fit, or null when the query does not ask about conversations. */
export function scopeOf(db: ReadableDb, query: SearchQuery): Set<number> | null {
  const statuses = query.is.filter((what) => STATUSES.has(what));
  const unread = query.is.includes('unread') ? 1 : null;
  const failed = query.is.includes('failed') ? 1 : null;
  const mentioned = query.is.includes('mentioned') ? 1 : null;
  const assignees = [...query.assignee, ...query.is.flatMap((what) => HELD.get(what) ?? [])];
  const asked = statuses.length + query.label.length + assignees.length;
  if (asked === 0 && unread === null && failed === null && mentioned === null) return null;
  const status = statuses.length === 0 ? null : JSON.stringify(statuses);
  const rows = db.all<{ ref: number; id: string; assigneeId: string | null; teamId: string | null }>`
    SELECT ref, id, assignee_id AS assigneeId, team_id AS teamId FROM conversations INDEXED BY conversations_triage
    WHERE (${status} IS NULL OR status IN (SELECT value FROM json_each(${status})))
      AND (${unread} IS NULL OR unread > 0)
      AND (${failed} IS NULL OR failed + held > 0)
      AND (${mentioned} IS NULL OR mentioned > 0)`;
  const labelled = query.label.map((name) => labelledWith(db, name));
  const assigned = assignees.map((name) => holdersNamed(db, name));
  return new Set(
    rows
      .filter(
        ({ id, assigneeId, teamId }) =>
          labelled.every((ids) => ids.has(id)) &&
          assigned.every((holders) =>
            holders === null
              ? assigneeId === null
              : holders.has(assigneeId ?? '') || (assigneeId === null && holders.has(teamId ?? '')),
          ),
      )
      .map(({ ref }) => ref),
  );
}

function labelledWith(db: ReadableDb, name: string): Set<string> {
  const labels = db.all<{ id: string; name: string }>`
    SELECT id, json ->> 'name' AS name FROM directory WHERE kind = 'label'`.filter((label) =>
    isNamed(label.name, name),
  );
  const ids = JSON.stringify(labels.map(({ id }) => id));
  return new Set(
    db.all<{
      id: string;
    }>`SELECT id FROM labelled WHERE label_id IN (SELECT value FROM json_each(${ids}))`.map((row) => row.id),
  );
}

/** Users and teams with that name; null: nobody has it. */
function holdersNamed(db: ReadableDb, name: string): Set<string> | null {
  const wanted = name.toLowerCase();
  if (NOBODY.has(wanted)) return null;
  if (wanted === 'me') return new Set([readSession(db)?.me.id ?? '-']);
  const holders = db.all<{ id: string; name: string }>`
    SELECT id, json ->> 'name' AS name FROM directory WHERE kind IN ('user', 'team')`;
  return new Set(holders.filter((holder) => isNamed(holder.name, name)).map(({ id }) => id));
}
