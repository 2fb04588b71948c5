import type { Activity } from '../../../shared/domain/activity.ts';
import type { Tx } from './context.ts';
import type { ConversationRecord } from './conversations.ts';

/** Adds a line of a timeline. One that is here is never changed. */
export function putActivity(tx: Tx, activity: Activity, owner: ConversationRecord): boolean {
  if (tx.kept.isOver('log', activity.at, owner.id, owner.contactId)) return false;
  const { changes } = tx.db.run`
    INSERT INTO activities (id, conversation, at, rev, json)
    VALUES (${activity.id}, ${owner.ref}, ${activity.at}, ${activity.rev}, ${JSON.stringify(activity)})
    ON CONFLICT (id) DO NOTHING`;
  return changes > 0;
}
