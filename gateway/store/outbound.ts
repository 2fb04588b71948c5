/** What still has to go to a provider. Survives a restart; the first job of a conversation holds back the others. */
import type { Db } from './database.ts';

export type OutboundJob = {
  id: number;
  ws: number;
  conversationId: string;
  kind: 'send' | 'react' | 'read';
  messageId: string;
  attempt: number;
  emoji: string | null;
  /** How often it was tried; with a message's attempt unchanged, so the provider sees one idempotency key. */
  tries: number;
  dueAt: number;
};

export type Outbound = ReturnType<typeof createOutbound>;

export function createOutbound(db: Db) {
  const columns = `id, ws, conversation_id AS conversationId, kind, message_id AS messageId, attempt, emoji, tries, due_at AS dueAt`;
  const put = db.prepare(
    `INSERT INTO outbound (ws, conversation_id, kind, message_id, attempt, emoji, due_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  // Jumps from conversation to conversation in the index, however long the queue of each is.
  const heads = db.prepare<OutboundJob>(
    `WITH RECURSIVE waiting (conversation) AS (
       SELECT min(conversation_id) FROM outbound
       UNION ALL
       SELECT (SELECT min(conversation_id) FROM outbound WHERE conversation_id > waiting.conversation)
       FROM waiting WHERE waiting.conversation IS NOT NULL
     )
     SELECT ${columns} FROM outbound
     WHERE id IN (SELECT (SELECT min(id) FROM outbound WHERE conversation_id = waiting.conversation) FROM waiting)
     ORDER BY due_at, id LIMIT ?`,
  );
  const drop = db.prepare('DELETE FROM outbound WHERE id = ?');
  const later = db.prepare('UPDATE outbound SET tries = tries + 1, due_at = ? WHERE id = ?');
  let news = true;

  return {
    /** Whether something was put since this was asked last. */
    hasNews(): boolean {
      const answer = news;
      news = false;
      return answer;
    },
    put(job: Omit<OutboundJob, 'id' | 'tries'>): void {
      put.run(job.ws, job.conversationId, job.kind, job.messageId, job.attempt, job.emoji, job.dueAt);
      news = true;
      // The worker listens to commits; a job without an event (marking as read) must wake it too.
      db.touched(job.ws);
    },
    /** The first job of each conversation, the most due first, also those that are not due yet. */
    heads(limit: number): OutboundJob[] {
      return heads.all(limit);
    },
    drop(id: number): void {
      drop.run(id);
    },
    /** Tries again at `dueAt`. */
    postpone(id: number, dueAt: number): void {
      later.run(dueAt, id);
    },
  };
}
