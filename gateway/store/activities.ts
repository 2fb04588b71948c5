/** The timeline of conversations: who did what. Each line is seen by whoever sees the conversation after it. */
import type { Activity } from '../../shared/domain/activity.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import { newId } from '../../shared/domain/id.ts';
import type { Deed } from './activity-of.ts';
import type { Db } from './database.ts';
import { scopeOf } from './log.ts';
import type { Log } from './log.ts';

export type Activities = ReturnType<typeof createActivities>;

export function createActivities(db: Db, log: Log) {
  const insert = db.prepare(
    'INSERT INTO activities (id, ws, conversation_id, at, state) VALUES (?, ?, ?, ?, ?)',
  );

  const overrides = db.prepare<{ note: string | null }>(
    `SELECT json_extract(state, '$.note') AS note FROM activities WHERE conversation_id = ?
       AND json_extract(state, '$.kind') = 'consent_overridden' AND json_extract(state, '$.to') = ?`,
  );

  function add(ws: number, conversation: Conversation, deed: Deed, at: number): number {
    const activity: Activity = { id: newId(at), conversationId: conversation.id, ...deed, at, rev: 0 };
    return log.append(ws, at, 'activity.created', scopeOf(conversation), (seq) => {
      const state = JSON.stringify({ ...activity, rev: seq });
      insert.run(activity.id, ws, conversation.id, at, state);
      return `{"activity":${state}}`;
    });
  }

  return {
    /** Why a message went out without recorded consent; null when it did not. */
    overrideOf(conversationId: string, messageId: string): string | null {
      return overrides.get(conversationId, messageId)?.note ?? null;
    },
    /** Writes deeds that have just been done to this conversation. Returns the number of the last event, null without deeds. */
    addAll(ws: number, conversation: Conversation, deeds: readonly Deed[], at: number): number | null {
      if (deeds.length === 0) return null;
      return db.tx(() => {
        let last = 0;
        for (const deed of deeds) last = add(ws, conversation, deed, at);
        return last;
      });
    },
  };
}
