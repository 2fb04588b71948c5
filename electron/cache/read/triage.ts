/** Lists and counts that no list of its own is kept for: one pass over the index of triage, which holds everything they ask about. */
import type { ConversationSort } from '../../../shared/domain/conversation-filter.ts';
import type { ReadableDb } from '../sql.ts';
import type { Count } from '../store/counters.ts';
import { LAST } from './filter.ts';
import type { Conditions, Facts } from './filter.ts';

export type Place = { ref: number; id: string; key: number };

/** Places after a cursor, smallest key first. Pinned ones are left out: they stand on top. */
export function findPlaces(
  db: ReadableDb,
  c: Conditions,
  page: { sort: ConversationSort; after: { key: number; id: string }; limit: number; now: number },
): Place[] {
  const { sort, after, limit, now } = page;
  return db.all<Place>`
    SELECT ref, id, key FROM (
      SELECT ref, id,
        CASE
          WHEN ${sort} = 'oldest' THEN active_at
          WHEN ${sort} = 'waiting' AND waiting_since IS NOT NULL THEN waiting_since
          WHEN ${sort} = 'window' AND window_end > ${now} THEN window_end
          ELSE ${LAST} - active_at
        END AS key
      FROM conversations INDEXED BY conversations_triage
      WHERE status IN (SELECT value FROM json_each(${c.statuses})) AND pinned = 0
        AND (${c.channels} IS NULL OR channel_id IN (SELECT value FROM json_each(${c.channels})))
        AND (${c.labels} IS NULL OR id IN (SELECT id FROM labelled WHERE label_id IN (SELECT value FROM json_each(${c.labels}))))
        AND CASE ${c.assignee} WHEN 'any' THEN 1 WHEN 'is' THEN assignee_id = ${c.assigneeId} WHEN 'nobody' THEN assignee_id IS NULL
          WHEN 'somebody' THEN assignee_id IS NOT NULL ELSE team_id = ${c.assigneeId} END
        AND (${c.queues} IS NULL OR team_id IS NULL OR team_id IN (SELECT value FROM json_each(${c.queues})))
        AND (${c.unread} IS NULL OR (unread > 0) = ${c.unread})
        AND (${c.failed} IS NULL OR (failed + held > 0) = ${c.failed})
        AND (${c.draft} IS NULL OR (id IN (SELECT conversation_id FROM drafts)) = ${c.draft})
        AND (${c.mentioned} IS NULL OR (mentioned > 0) = ${c.mentioned})
        AND (${c.windowFrom} IS NULL OR (window_end > ${c.windowFrom} AND window_end <= ${c.windowTo}))
        AND (${c.waitingBefore} IS NULL OR waiting_since < ${c.waitingBefore})
    )
    WHERE (key, id) > (${after.key}, ${after.id}) ORDER BY key, id LIMIT ${limit}`;
}

export function countPlaces(db: ReadableDb, c: Conditions): Count {
  const row = db.get<Count>`
    SELECT count(*) AS total, coalesce(sum(unread > 0), 0) AS unread
    FROM conversations INDEXED BY conversations_triage
    WHERE status IN (SELECT value FROM json_each(${c.statuses}))
      AND (${c.channels} IS NULL OR channel_id IN (SELECT value FROM json_each(${c.channels})))
      AND (${c.labels} IS NULL OR id IN (SELECT id FROM labelled WHERE label_id IN (SELECT value FROM json_each(${c.labels}))))
      AND CASE ${c.assignee} WHEN 'any' THEN 1 WHEN 'is' THEN assignee_id = ${c.assigneeId} WHEN 'nobody' THEN assignee_id IS NULL
        WHEN 'somebody' THEN assignee_id IS NOT NULL ELSE team_id = ${c.assigneeId} END
      AND (${c.queues} IS NULL OR team_id IS NULL OR team_id IN (SELECT value FROM json_each(${c.queues})))
      AND (${c.unread} IS NULL OR (unread > 0) = ${c.unread})
      AND (${c.failed} IS NULL OR (failed + held > 0) = ${c.failed})
      AND (${c.draft} IS NULL OR (id IN (SELECT conversation_id FROM drafts)) = ${c.draft})
      AND (${c.mentioned} IS NULL OR (mentioned > 0) = ${c.mentioned})
      AND (${c.windowFrom} IS NULL OR (window_end > ${c.windowFrom} AND window_end <= ${c.windowTo}))
      AND (${c.waitingBefore} IS NULL OR waiting_since < ${c.waitingBefore})`;
  return row ?? { total: 0, unread: 0 };
}

/** Everything that is pinned, with what decides where it is shown. */
export function readPinned(db: ReadableDb): Facts[] {
  return db.all<Facts>`
    SELECT ref, id, status, active_at AS activeAt, channel_id AS channelId, assignee_id AS assigneeId, team_id AS teamId, unread,
      failed + held AS failed, mentioned, waiting_since AS waitingSince, window_end AS windowEnd,
      EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = c.id) AS draft, json ->> '$.labelIds' AS labels
    FROM conversations c WHERE pinned = 1`;
}
