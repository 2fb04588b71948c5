import { CacheRefusal } from '../api.ts';
import type { Tx } from './context.ts';
import { findConversation } from './conversations.ts';

/** Keeps what is being typed; an empty text removes it. */
export function saveDraft(tx: Tx, input: { conversationId: string; text: string; now: number }): void {
  const { conversationId, text, now } = input;
  if (text === '') {
    tx.db.run`DELETE FROM drafts WHERE conversation_id = ${conversationId}`;
  } else {
    if (findConversation(tx.db, conversationId) === undefined) {
      throw new CacheRefusal('not_found', 'the conversation is not in the cache');
    }
    tx.db.run`
      INSERT INTO drafts (conversation_id, text, updated_at) VALUES (${conversationId}, ${text}, ${now})
      ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at`;
  }
  tx.changes.conversation(conversationId);
  tx.changes.lists = true;
}
